/** Who asks, as the server found out, never as they say. */

import type { WorkspaceRole } from '../../shared/protocol/rights.ts';
import type { IncidentRight } from '../storage/auth-store.ts';

export type Principal =
  | { readonly type: 'nobody' }
  /** Nobody has claimed this server yet, and whoever asks sits at its machine, or the operator let everybody in. */
  | { readonly type: 'trying' }
  | {
      readonly type: 'account';
      readonly id: string;
      readonly name: string;
      readonly role: WorkspaceRole;
      /** Ids that its lines carry; the first is the one it writes with. */
      readonly persons: readonly string[];
      readonly session: string;
      /** When the person last proved to be there, ms since 1970. */
      readonly provenAt: number;
      readonly expiresAt: number;
    }
  | {
      readonly type: 'token';
      readonly id: string;
      readonly name: string;
      /** One incident; null: the workspace. */
      readonly incident: string | null;
      readonly right: IncidentRight;
    };

export const NOBODY: Principal = { type: 'nobody' };
export const TRYING: Principal = { type: 'trying' };

/** Who a change is put down to: an account by what the server knows, everybody else by what they say. */
export function toPerson(principal: Principal, said: string): string {
  if (principal.type === 'token') return `token ${principal.id}`;
  if (principal.type !== 'account') return said;
  return principal.persons.includes(said) ? said : (principal.persons[0] ?? '');
}

/** What rights are kept under, and what is told when they change: every session of an account has the same. */
export function toRightsKey(principal: Principal): string | null {
  switch (principal.type) {
    case 'nobody':
      return null;
    case 'trying':
      return 'trying';
    case 'account':
      return principal.id;
    case 'token':
      return `token ${principal.id}`;
  }
}
