/**
 * Letting people in: the first owner by a link in the server's log, everybody else by an invitation. An invitation is
 * spent by a person's tap, never by opening its link, so that the preview of a chat cannot spend it.
 */

import { newOwnerId } from '../../shared/domain/id.ts';
import type { Invited, Wish } from '../../shared/protocol/auth.ts';
import type {
  Account,
  AuditNote,
  AuthStore,
  Invitation,
  Newcomer,
  Session,
} from '../storage/auth-store.ts';
import type { Doorkeeper, Pass } from './doorkeeper.ts';
import { createInviting } from './invitations.ts';
import type { Principal } from './principal.ts';
import { Refused } from './refused.ts';
import { newCode, newId, newSecret, toCode, toHash } from './secrets.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const SESSION_MILLIS = 90 * DAY;
const CLAIM_MILLIS = DAY;

/** What a browser says of itself when it comes in. */
export type Arrival = {
  readonly name: string;
  /** The id the lines of this phone carry; null when it has none. */
  readonly person: string | null;
  /** What the browser calls itself. */
  readonly label: string;
};

/** `secret` belongs in the cookie. */
export type SignedIn = {
  readonly secret: string;
  readonly session: Session;
  readonly incident: string | null;
};

export type Accounts = {
  /** A new secret for the first owner. One from before is worth nothing any more. */
  makeClaim(given: string | null): Promise<string>;
  /** @throws Refused */
  claim(secret: string, arrival: Arrival): Promise<SignedIn>;
  /** @throws Refused for what is spent, over, revoked or never was: all the same to whoever asks */
  findInvitation(secretOrCode: { secret?: string; code?: string }): Promise<Invitation>;
  /** @throws Refused */
  join(invitation: Invitation, arrival: Arrival, now: Pass): Promise<SignedIn | null>;
  /** @throws Refused */
  invite(pass: Pass, wish: Wish): Promise<Invited>;
  /** @throws Refused */
  revokeInvitation(pass: Pass, id: string): Promise<void>;
  /** @throws Refused when it would leave no owner, or there is no such account */
  changeRole(by: Principal, account: string, role: Account['role']): Promise<void>;
  suspend(by: Principal, account: string, isSuspended: boolean): Promise<void>;
  /** By a passkey. @throws Refused for whoever is suspended */
  signIn(account: string, label: string): Promise<SignedIn>;
  /** @throws Refused when it is somebody else's */
  endDevice(by: Principal, id: string): Promise<void>;
};

const OVER = 'This invitation does not work any more. Ask whoever sent it for a new one.';
const NO_SUCH_CODE =
  'No invitation has this code. Look at it once more; it works for a quarter of an hour.';
const NO_OWNER_LEFT = 'Somebody must own this Logline. Make somebody else an owner first.';

export function createAccounts(
  store: AuthStore,
  doorkeeper: Doorkeeper,
  now: () => number,
): Accounts {
  const { checkWish, toInvitation, isStillMeant } = createInviting(store, doorkeeper, now);

  function newSession(
    account: string,
    label: string,
    expiresAt: number,
    invitation: string | null,
  ) {
    const secret = newSecret();
    const at = now();
    const session: Session = {
      hash: toHash(secret),
      id: newId(),
      account,
      label,
      createdAt: at,
      seenAt: at,
      expiresAt,
      provenAt: at,
      invitation,
    };
    return { secret, session };
  }

  function newcomer(
    role: Account['role'],
    { name, person, label }: Arrival,
    expiresAt: number,
    invitation: string | null,
  ): { readonly secret: string; readonly newcomer: Newcomer } {
    const account: Account = { id: newId(), name, role, isSuspended: false, createdAt: now() };
    const { secret, session } = newSession(account.id, label, expiresAt, invitation);
    return { secret, newcomer: { account, session, person, spare: newPersonId() } };
  }

  async function findAccount(id: string): Promise<Account> {
    const found = (await store.readAccounts()).find((account) => account.id === id);
    if (!found) throw new Refused(404, 'There is nobody like that here.');
    return found;
  }

  const noteBy = (by: Principal, act: AuditNote['act'], about: string, detail = ''): AuditNote => ({
    actor: by.type === 'account' || by.type === 'token' ? by.id : '',
    act,
    about,
    detail,
  });

  return {
    async makeClaim(given) {
      const secret = given ?? newSecret();
      await store.putClaim(
        toHash(secret),
        given === null ? now() + CLAIM_MILLIS : Number.MAX_SAFE_INTEGER,
      );
      return secret;
    },
    async claim(secret, arrival) {
      const made = newcomer('owner', arrival, now() + SESSION_MILLIS, null);
      if (!(await store.claim(toHash(secret), now(), made.newcomer)))
        throw new Refused(
          403,
          'This link does not claim this Logline: it is old, or somebody was faster. While nobody owns it, starting the server again prints a new one.',
        );
      await doorkeeper.refresh();
      doorkeeper.changed('trying');
      return { secret: made.secret, session: made.newcomer.session, incident: null };
    },

    async findInvitation({ secret, code }) {
      const typed = code === undefined ? null : toCode(code);
      const hash = secret ? toHash(secret) : typed ? toHash(typed) : null;
      const found = hash === null ? null : await store.findInvitation(hash);
      if (!found && code !== undefined) throw new Refused(404, NO_SUCH_CODE);
      if (!found || found.isRevoked || found.uses >= found.maxUses || found.expiresAt <= now())
        throw new Refused(404, OVER);
      if (!(await isStillMeant(found))) throw new Refused(404, OVER);
      return found;
    },
    async join(invitation, arrival, { principal }) {
      if (principal.type === 'account' && invitation.incident !== null) {
        if (!(await store.accept(invitation, now(), principal.id))) throw new Refused(404, OVER);
        doorkeeper.changed(principal.id);
        return null;
      }
      if (principal.type === 'account' && invitation.account === null)
        throw new Refused(409, `You are signed in as ${principal.name} already.`);
      const { incident } = invitation;
      const isGuest = invitation.role === 'guest';
      const expiresAt = isGuest ? invitation.expiresAt : now() + SESSION_MILLIS;
      const made = newcomer(invitation.role, arrival, expiresAt, isGuest ? invitation.id : null);
      const { account } = invitation;
      const session =
        account === null ? made.newcomer.session : { ...made.newcomer.session, account };
      const entering: Newcomer =
        account === null
          ? made.newcomer
          : { account: await findAccount(account), session, person: null, spare: newPersonId() };
      if (!(await store.join(invitation, now(), entering))) throw new Refused(404, OVER);
      return { secret: made.secret, session, incident };
    },

    async invite(pass, wish) {
      checkWish(pass, wish);
      if (wish.for === 'account') await findAccount(wish.account);
      const { principal } = pass;
      const by = principal.type === 'account' ? principal.id : '';
      const [secret, code] = [newSecret(), newCode()];
      const invitation = toInvitation(wish, by, secret, code);
      const { id, incident, role, codeExpiresAt, expiresAt } = invitation;
      const about = incident ?? invitation.account ?? id;
      await store.addInvitation(
        invitation,
        noteBy(principal, 'invited', about, invitation.account === null ? role : 'device'),
      );
      return { id, secret, code, codeExpiresAt, expiresAt };
    },
    async revokeInvitation({ principal }, id) {
      const found = (await store.readInvitations()).find((one) => one.id === id);
      const isOwn =
        principal.type === 'account' && (principal.role === 'owner' || found?.by === principal.id);
      if (!found || !isOwn) throw new Refused(404, 'There is no such invitation.');
      const lost = await store.revokeInvitation(id, noteBy(principal, 'invitationRevoked', id));
      for (const account of lost) doorkeeper.changed(account);
    },

    async changeRole(by, id, role) {
      const { role: before } = await findAccount(id);
      if (before === 'guest' || role === 'guest')
        throw new Refused(409, 'A guest comes by an invitation to one incident, and stays one.');
      const detail = `${before} to ${role}`;
      if (!(await store.changeRole(id, role, noteBy(by, 'roleChanged', id, detail))))
        throw new Refused(409, NO_OWNER_LEFT);
      doorkeeper.changed(id);
    },
    async suspend(by, id, isSuspended) {
      await findAccount(id);
      const entry = noteBy(by, isSuspended ? 'suspended' : 'letBackIn', id);
      if (!(await store.suspend(id, isSuspended, entry))) throw new Refused(409, NO_OWNER_LEFT);
      doorkeeper.changed(id);
    },
    async signIn(id, label) {
      const account = await findAccount(id);
      if (account.isSuspended)
        throw new Refused(403, 'You were signed out of this Logline by an owner.');
      const { secret, session } = newSession(id, label, now() + SESSION_MILLIS, null);
      await store.addSession(session, { actor: id, act: 'signedIn', about: id, detail: label });
      return { secret, session, incident: null };
    },
    async endDevice(by, id) {
      const own = by.type === 'account' ? await store.readSessions(by.id) : [];
      if (by.type !== 'account' || !own.some((session) => session.id === id))
        throw new Refused(404, 'There is no such device.');
      const act = by.session === id ? 'signedOut' : 'deviceRevoked';
      await store.endSession(id, noteBy(by, act, id));
      doorkeeper.changed(by.id);
    },
  };
}

/** As a phone makes its own. */
function newPersonId(): string {
  return newOwnerId((into) => crypto.getRandomValues(into));
}
