/** What an invitation is worth: who may make it, for how long, and whether it is still meant. */

import type { Wish } from '../../shared/protocol/auth.ts';
import { isAtLeast } from '../../shared/protocol/rights.ts';
import type { AuthStore, Invitation } from '../storage/auth-store.ts';
import type { Doorkeeper, Pass } from './doorkeeper.ts';
import type { Principal } from './principal.ts';
import { Refused } from './refused.ts';
import { roleIn } from './role-in.ts';
import { newId, toHash } from './secrets.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MEMBER_INVITATION_MILLIS = 7 * DAY;
const DEVICE_INVITATION_MILLIS = 10 * MINUTE;
const MAX_GUEST_HOURS = 14 * 24;
const CODE_MILLIS = 15 * MINUTE;
/** A link in a chat of many lets in as many. */
const GUEST_USES = 50;

export type Inviting = {
  /** @throws Refused for who may not invite to this */
  checkWish(pass: Pass, wish: Wish): void;
  /** @param by an account */
  toInvitation(wish: Wish, by: string, secret: string, code: string): Invitation;
  isStillMeant(invitation: Invitation): Promise<boolean>;
};

export function createInviting(
  store: AuthStore,
  doorkeeper: Pick<Doorkeeper, 'isSensitive'>,
  now: () => number,
): Inviting {
  /** Whoever invited may still do so, and who is to come in is not shut out. */
  async function isStillMeant({ by, account, incident, right }: Invitation): Promise<boolean> {
    const known = await store.readAccounts();
    if (account !== null && known.find(({ id }) => id === account)?.isSuspended !== false)
      return false;
    if (by === '') return true; // made at the machine itself
    const host = known.find(({ id }) => id === by);
    if (!host || host.isSuspended) return false;
    if (account === by) return true;
    if (incident === null) return host.role === 'owner';
    const { id, name, role } = host;
    const unbound = { persons: [], session: '', provenAt: 0, expiresAt: 0 };
    const principal: Principal = { type: 'account', id, name, role, ...unbound };
    const doors = { id: incident, isSensitive: doorkeeper.isSensitive(incident) };
    const level = roleIn(principal, doors, await store.readGrants(by), now());
    return (
      (role === 'owner' || role === 'responder') &&
      isAtLeast(level, right) &&
      isAtLeast(level, 'log')
    );
  }

  function checkWish({ principal, levelIn }: Pass, wish: Wish): void {
    const role = principal.type === 'account' ? principal.role : null;
    const mayInvite =
      wish.for === 'device'
        ? principal.type === 'account' && role !== 'guest'
        : wish.for === 'workspace' || wish.for === 'account'
          ? role === 'owner'
          : (role === 'owner' || role === 'responder') && isAtLeast(levelIn(wish.incident), 'log');
    if (mayInvite) return;
    if (principal.type === 'trying')
      throw new Refused(
        409,
        'Claim this Logline first. Its log has the link; then you can invite.',
      );
    throw new Refused(403, 'You may not invite anybody to this.');
  }

  function toInvitation(wish: Wish, by: string, secret: string, code: string): Invitation {
    const at = now();
    const isGuest = wish.for === 'incident';
    const hours = isGuest ? Math.min(Math.max(1, wish.hours), MAX_GUEST_HOURS) : 0;
    const millis = isGuest
      ? hours * HOUR
      : wish.for === 'device' || wish.for === 'account'
        ? DEVICE_INVITATION_MILLIS
        : MEMBER_INVITATION_MILLIS;
    return {
      id: newId(),
      hash: toHash(secret),
      codeHash: toHash(code),
      codeExpiresAt: at + Math.min(CODE_MILLIS, millis),
      role: wish.for === 'workspace' ? wish.role : isGuest ? 'guest' : 'viewer',
      incident: isGuest ? wish.incident : null,
      right: isGuest ? wish.right : 'view',
      account: wish.for === 'device' ? by : wish.for === 'account' ? wish.account : null,
      by,
      createdAt: at,
      expiresAt: at + millis,
      maxUses: isGuest ? GUEST_USES : 1,
      uses: 0,
      isRevoked: false,
    };
  }

  return { checkWish, toInvitation, isStillMeant };
}
