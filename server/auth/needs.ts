/**
 * What each operation needs. A route says it where it is made and a frame has its row here; one without does not
 * compile, and a route that says nothing does not start.
 */

import type { Frame } from '../../shared/protocol/frames.ts';
import { isAtLeast, type Level } from '../../shared/protocol/rights.ts';
import type { Principal } from './principal.ts';

export type Need =
  /** Also who is not signed in: the app itself, and the ways in. */
  | 'anyone'
  /** Whoever is let in at all; what they see is filtered by their rights. */
  | 'somebody'
  /** An account, for what is its own. */
  | 'account'
  | 'owner'
  /** A level in the incident that the path names. */
  | 'view'
  | 'log'
  | 'manage';

/** What a frame needs in the room it is sent to. */
export const FRAME_NEEDS: Readonly<Record<Frame['type'], Level>> = {
  step1: 'view',
  update: 'log',
  presence: 'view',
  queryPresence: 'view',
  barrier: 'view',
  timeQuestion: 'view',
  hello: 'view',
  applied: 'view',
  unknown: 'view',
};

/** @param level in the incident the operation names; `none` where it names none */
export function isAllowed(need: Need, principal: Principal, level: Level): boolean {
  switch (need) {
    case 'anyone':
      return true;
    case 'somebody':
      return principal.type !== 'nobody';
    case 'account':
      return principal.type === 'account';
    case 'owner':
      return isOwner(principal);
    case 'view':
    case 'log':
    case 'manage':
      return isAtLeast(level, need);
  }
}

function isOwner(principal: Principal): boolean {
  return (
    principal.type === 'trying' || (principal.type === 'account' && principal.role === 'owner')
  );
}
