/**
 * The one function that says what somebody may do with an incident. Http and sockets both ask it, for every request
 * and every frame.
 *
 * | | ordinary incident | sensitive incident |
 * |---|---|---|
 * | owner | manage | as granted |
 * | responder | log | as granted |
 * | viewer | view | as granted |
 * | guest | as granted | as granted |
 * | token of the workspace | as made | nothing |
 * | token of one incident | as made, there only | as made, there only |
 *
 * Whoever is granted more than their role gives has more; a grant takes nothing away. An owner who is let into a
 * sensitive incident manages it.
 */

import { isAtLeast, type Level, type WorkspaceRole } from '../../shared/protocol/rights.ts';
import type { Grant } from '../storage/auth-store.ts';
import type { Principal } from './principal.ts';

/** What of an incident bears on rights. */
export type Doors = {
  readonly id: string;
  readonly isSensitive: boolean;
};

const BY_ROLE: Readonly<Record<WorkspaceRole, Level>> = {
  owner: 'manage',
  responder: 'log',
  viewer: 'view',
  guest: 'none',
};

/**
 * @param grants of this principal, for any incident
 * @param now ms since 1970
 */
export function roleIn(
  principal: Principal,
  { id, isSensitive }: Doors,
  grants: readonly Grant[],
  now: number,
): Level {
  switch (principal.type) {
    case 'nobody':
      return 'none';
    case 'trying':
      return 'manage';
    case 'token':
      if (principal.incident === null) return isSensitive ? 'none' : principal.right;
      return principal.incident === id ? principal.right : 'none';
    case 'account': {
      const grant = grants.find(
        (one) => one.incident === id && (one.expiresAt === null || one.expiresAt > now),
      );
      const byGrant: Level = grant?.right ?? 'none';
      const isIn = !isSensitive || grant !== undefined;
      const byRole = isIn ? BY_ROLE[principal.role] : 'none';
      return isAtLeast(byRole, byGrant) ? byRole : byGrant;
    }
  }
}
