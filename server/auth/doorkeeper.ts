/**
 * Finds out who asks, by cookie, by token or by where they sit, and what they may do. Whoever holds on to an answer, as
 * a socket does, watches it: a right that changed is told at once, and one that runs out says when.
 */

import type { Level } from '../../shared/protocol/rights.ts';
import type { AuthStore, Grant } from '../storage/auth-store.ts';
import { NOBODY, type Principal, TRYING, toRightsKey } from './principal.ts';
import { roleIn } from './role-in.ts';
import { toHash } from './secrets.ts';

/** Without a visit for so long a session is over. */
export const IDLE_MILLIS = 30 * 24 * 60 * 60 * 1000;
/** Written down at most so often. */
const SEEN_EVERY_MILLIS = 60 * 60 * 1000;

export type Credentials = {
  /** The session's secret, from the cookie. */
  readonly cookie: string | null;
  /** An API token, from `Authorization: Bearer`. */
  readonly bearer: string | null;
  /** At the machine itself, or the operator let everybody in. */
  readonly isAtHome: boolean;
};

/** Somebody at the door, and what they may do, as of now. */
export type Pass = {
  readonly principal: Principal;
  /** Which incidents it opens, in a form that changes whenever they do. */
  readonly rights: string;
  levelIn(incident: string): Level;
  /** When something of it runs out by itself, ms since 1970; null: never. */
  readonly endsAt: number | null;
};

export type Doorkeeper = {
  admit(credentials: Credentials): Promise<Pass>;
  /** Nobody has claimed this server yet. */
  isUnclaimed(): boolean;
  isSensitive(incident: string): boolean;
  /** Rights of an account, or of everybody with null, are not what they were. */
  changed(account: string | null): void;
  /** @returns a function that stops watching */
  watch(principal: Principal, onChange: () => void): () => void;
  /** Reads anew who owns the place and which incidents are sensitive. */
  refresh(): Promise<void>;
};

export async function createDoorkeeper(store: AuthStore, now: () => number): Promise<Doorkeeper> {
  const watchers = new Map<string, Set<() => void>>();
  let hasOwner = false;
  let sensitive: ReadonlySet<string> = new Set();

  async function refresh(): Promise<void> {
    hasOwner = await store.hasOwner();
    sensitive = new Set(await store.readSensitive());
  }

  async function findAccount(secret: string): Promise<Principal> {
    const known = await store.readSession(toHash(secret));
    if (!known || known.account.isSuspended) return NOBODY;
    const { session, account, persons } = known;
    const expiresAt = Math.min(session.expiresAt, session.seenAt + IDLE_MILLIS);
    if (expiresAt <= now()) return NOBODY;
    if (now() - session.seenAt >= SEEN_EVERY_MILLIS)
      await noted(store.touchSession(session.hash, now()));
    const { id, name, role } = account;
    const { provenAt } = session;
    return { type: 'account', id, name, role, persons, session: session.id, provenAt, expiresAt };
  }

  async function findToken(secret: string): Promise<Principal> {
    const token = await store.readToken(toHash(secret));
    if (!token) return NOBODY;
    if (now() - (token.usedAt ?? 0) >= SEEN_EVERY_MILLIS)
      await noted(store.touchToken(token.id, now()));
    return {
      type: 'token',
      id: token.id,
      name: token.name,
      incident: token.incident,
      right: token.right,
    };
  }

  async function find({ cookie, bearer, isAtHome }: Credentials): Promise<Principal> {
    if (bearer !== null) return findToken(bearer);
    if (cookie !== null) {
      const account = await findAccount(cookie);
      if (account.type !== 'nobody') return account;
    }
    return isAtHome && !hasOwner ? TRYING : NOBODY;
  }

  function toPass(principal: Principal, grants: readonly Grant[]): Pass {
    const ends = grants.flatMap(({ expiresAt }) => expiresAt ?? []).filter((at) => at > now());
    if (principal.type === 'account') ends.push(principal.expiresAt);
    const granted = grants
      .filter(({ expiresAt }) => expiresAt === null || expiresAt > now())
      .map(({ incident, right }) => `${incident} ${right}`);
    const role = principal.type === 'account' ? principal.role : principal.type;
    return {
      principal,
      // Also what is hidden: a list that lost a row has to be told anew as one that gained one has.
      rights: [role, ...[...sensitive].sort(), ...granted.sort()].join('\n'),
      levelIn: (id) => roleIn(principal, { id, isSensitive: sensitive.has(id) }, grants, now()),
      endsAt: ends.length > 0 ? Math.min(...ends) : null,
    };
  }

  await refresh();
  return {
    async admit(credentials) {
      const principal = await find(credentials);
      const grants = principal.type === 'account' ? await store.readGrants(principal.id) : [];
      return toPass(principal, grants);
    },
    isUnclaimed: () => !hasOwner,
    isSensitive: (incident) => sensitive.has(incident),
    changed(account) {
      const told =
        account === null
          ? [...watchers.values()]
          : [watchers.get(account) ?? new Set<() => void>()];
      for (const listeners of told) for (const listener of [...listeners]) listener();
    },
    watch(principal, onChange) {
      const key = toRightsKey(principal);
      if (key === null) return () => undefined;
      const listeners = watchers.get(key) ?? new Set();
      watchers.set(key, listeners);
      listeners.add(onChange);
      return () => {
        listeners.delete(onChange);
        if (listeners.size === 0 && watchers.get(key) === listeners) watchers.delete(key);
      };
    },
    refresh,
  };
}

/** When somebody was here last is worth knowing, and no reason to keep them out while the disk is full. */
async function noted(writing: Promise<void>): Promise<void> {
  await writing.catch(() => undefined);
}
