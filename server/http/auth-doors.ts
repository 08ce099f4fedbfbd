/** The ways in, and what an owner and everybody may do about them. What each needs stands beside it. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cleanName } from '../../shared/domain/entry-text.ts';
import type { Standing, Wish } from '../../shared/protocol/auth.ts';
import { isAtLeast } from '../../shared/protocol/rights.ts';
import { type AccessSettings, isOverHttps, isSafeForSecrets } from '../auth/access.ts';
import { type Accounts, type Arrival, SESSION_MILLIS, type SignedIn } from '../auth/accounts.ts';
import { toEndCookie, toSetCookie } from '../auth/cookie.ts';
import type { Doorkeeper, Pass } from '../auth/doorkeeper.ts';
import { createPasskeys } from '../auth/passkeys.ts';
import { Refused } from '../auth/refused.ts';
import type { Account, AuthStore } from '../storage/auth-store.ts';
import type { Store } from '../storage/store.ts';
import { CHANGE, CLAIM, JOIN, LOOK, NOTHING, RENAME, WISH } from './body.ts';
import { toDeviceLabel } from './device-label.ts';
import { toVisitor } from './guard.ts';
import { createLimiter } from './limiter.ts';
import { registerPasskeyDoors } from './passkey-doors.ts';

/** Reading what is on the phone is let go on for so long after the server was last asked. */
const LEASE_MILLIS = 14 * 24 * 60 * 60 * 1000;
const GUEST_LEASE_MILLIS = 24 * 60 * 60 * 1000;
const TRIES_A_MINUTE = { code: 5, secret: 60, codeInAll: 300, secretInAll: 6_000 };
const NEEDS_HTTPS =
  'Signing in needs https, so that nobody on the way can read it. Whoever runs this Logline has to give it a certificate or put it behind a proxy that has one; the README shows how.';

type Key = { readonly secret?: string; readonly code?: string };
type Named = { readonly name: string; readonly person: string | null };
type WithId = { readonly Params: { readonly id: string } };

export function registerAuthDoors(
  app: FastifyInstance,
  options: {
    readonly auth: AuthStore;
    readonly store: Pick<Store, 'readSummary'>;
    readonly accounts: Accounts;
    readonly doorkeeper: Doorkeeper;
    readonly settings: AccessSettings;
    readonly isTls: boolean;
    readonly now: () => number;
  },
): void {
  const { auth, store, accounts, doorkeeper, settings, isTls, now } = options;
  const codes = createLimiter(TRIES_A_MINUTE.code, TRIES_A_MINUTE.codeInAll, now);
  const secrets = createLimiter(TRIES_A_MINUTE.secret, TRIES_A_MINUTE.secretInAll, now);

  const isSafe = (request: FastifyRequest): boolean =>
    isSafeForSecrets(toVisitor(request), settings, isTls);
  const isHttps = (request: FastifyRequest): boolean =>
    isOverHttps(toVisitor(request), settings, isTls);

  function toStanding(request: FastifyRequest, { principal }: Pass): Standing {
    const problem = isSafe(request) ? null : NEEDS_HTTPS;
    if (principal.type !== 'account') {
      const door =
        principal.type === 'trying'
          ? 'trying'
          : doorkeeper.isUnclaimed()
            ? 'unclaimed'
            : 'signedOut';
      return { door, account: null, problem };
    }
    const { id, name, role, persons, expiresAt } = principal;
    const lease = now() + (role === 'guest' ? GUEST_LEASE_MILLIS : LEASE_MILLIS);
    const readableUntil = role === 'guest' ? Math.min(lease, expiresAt) : lease;
    const [person = null] = persons;
    return { door: 'signedIn', account: { id, name, role, person, readableUntil }, problem };
  }

  function toArrival(request: FastifyRequest, { name, person }: Named): Arrival {
    const clean = cleanName(name);
    if (clean === '') throw new Refused(400, 'A name needs at least one letter.');
    return { name: clean, person, label: toDeviceLabel(request.headers['user-agent']) };
  }

  /** @throws Refused where a secret would be read on its way, or was guessed at too often */
  function checkTry(request: FastifyRequest, { code }: Key): void {
    if (!isSafe(request)) throw new Refused(403, NEEDS_HTTPS);
    const seconds = (code === undefined ? secrets : codes).take(request.socket.remoteAddress);
    if (seconds > 0) throw new Refused(429, `Too many tries. Try again in ${seconds} s.`);
  }

  async function letIn(
    request: FastifyRequest,
    reply: FastifyReply,
    { secret, session }: SignedIn,
  ): Promise<Standing> {
    const seconds = Math.floor(Math.min(session.expiresAt - now(), SESSION_MILLIS) / 1000);
    reply.header('set-cookie', toSetCookie(secret, isHttps(request), seconds));
    const pass = await doorkeeper.admit({ cookie: secret, bearer: null, isAtHome: false });
    return toStanding(request, pass);
  }

  registerPasskeyDoors(app, {
    auth,
    passkeys: createPasskeys(auth, now),
    checkTry: (request) => checkTry(request, {}),
    letIn: async (request, reply, account) =>
      letIn(
        request,
        reply,
        await accounts.signIn(account, toDeviceLabel(request.headers['user-agent'])),
      ),
  });

  const findName = async (id: string, accounts?: readonly Account[]): Promise<string> =>
    (accounts ?? (await auth.readAccounts())).find((account) => account.id === id)?.name ?? '';

  app.get('/api/me', { config: { needs: 'anyone' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return toStanding(request, request.pass);
  });

  app.post<{ Body: Named & { readonly secret: string } }>(
    '/api/claim',
    { config: { needs: 'anyone' }, schema: { body: CLAIM } },
    async (request, reply) => {
      checkTry(request, {});
      return letIn(
        request,
        reply,
        await accounts.claim(request.body.secret, toArrival(request, request.body)),
      );
    },
  );

  app.post<{ Body: Key }>(
    '/api/invitations/look',
    { config: { needs: 'anyone' }, schema: { body: LOOK } },
    async (request) => {
      checkTry(request, request.body);
      const invitation = await accounts.findInvitation(request.body);
      const { role, by, expiresAt, account, incident } = invitation;
      return {
        role,
        by: await findName(by),
        expiresAt,
        account: account === null ? null : await findName(account),
        incident:
          incident === null ? null : { id: incident, summary: await store.readSummary(incident) },
      };
    },
  );

  app.post<{ Body: Key & Named }>(
    '/api/join',
    { config: { needs: 'anyone' }, schema: { body: JOIN } },
    async (request, reply) => {
      checkTry(request, request.body);
      const invitation = await accounts.findInvitation(request.body);
      const arrival = toArrival(request, request.body);
      const signedIn = await accounts.join(invitation, arrival, request.pass);
      const standing = signedIn
        ? await letIn(request, reply, signedIn)
        : toStanding(request, request.pass);
      return { standing, incident: invitation.incident };
    },
  );

  app.post(
    '/api/sign-out',
    { config: { needs: 'anyone' }, schema: { body: NOTHING } },
    async (request, reply) => {
      const { principal } = request.pass;
      if (principal.type === 'account') await accounts.endDevice(principal, principal.session);
      reply.header('set-cookie', toEndCookie(isHttps(request)));
      return { door: 'signedOut', account: null, problem: null } satisfies Standing;
    },
  );

  app.post<{ Body: { readonly name: string } }>(
    '/api/name',
    { config: { needs: 'account' }, schema: { body: RENAME } },
    async (request) => {
      const { principal } = request.pass;
      const name = cleanName(request.body.name);
      if (name === '') throw new Refused(400, 'A name needs at least one letter.');
      if (principal.type === 'account') await auth.rename(principal.id, name);
      return toStanding(request, await request.readmit());
    },
  );

  app.post<{ Body: Wish }>(
    '/api/invitations',
    { config: { needs: 'somebody' }, schema: { body: WISH } },
    async (request) => {
      if (!isSafe(request)) throw new Refused(403, NEEDS_HTTPS);
      return accounts.invite(request.pass, request.body);
    },
  );

  app.post<WithId>(
    '/api/invitations/:id/revoke',
    { config: { needs: 'account' }, schema: { body: NOTHING } },
    async (request) => {
      await accounts.revokeInvitation(request.pass, request.params.id);
      return {};
    },
  );

  app.get('/api/people', { config: { needs: 'owner' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { principal } = request.pass;
    const known = await auth.readAccounts();
    const people = await Promise.all(
      known.map(async ({ id, name, role, isSuspended }) => {
        const [newest] = await auth.readSessions(id);
        const isMe = principal.type === 'account' && principal.id === id;
        return { id, name, role, isSuspended, isMe, seenAt: newest?.seenAt ?? null };
      }),
    );
    const open = (await auth.readInvitations()).filter(
      (one) => !one.isRevoked && one.uses < one.maxUses && one.expiresAt > now(),
    );
    const invitations = await Promise.all(
      open.map(async ({ id, role, incident, account, by, expiresAt, maxUses, uses }) => ({
        id,
        role,
        incident:
          incident !== null && isAtLeast(request.pass.levelIn(incident), 'view') ? incident : null,
        by: await findName(by, known),
        expiresAt,
        usesLeft: maxUses - uses,
        isDevice: account !== null,
      })),
    );
    return { people, invitations };
  });

  app.post<WithId & { Body: { readonly role?: Account['role']; readonly isSuspended?: boolean } }>(
    '/api/people/:id',
    { config: { needs: 'owner' }, schema: { body: CHANGE } },
    async (request) => {
      const { role, isSuspended } = request.body;
      const { principal } = request.pass;
      if (role !== undefined) await accounts.changeRole(principal, request.params.id, role);
      if (isSuspended !== undefined)
        await accounts.suspend(principal, request.params.id, isSuspended);
      return {};
    },
  );

  app.get('/api/devices', { config: { needs: 'account' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { principal } = request.pass;
    const sessions = principal.type === 'account' ? await auth.readSessions(principal.id) : [];
    const devices = sessions.map(({ id, label, createdAt, seenAt }) => ({
      id,
      label,
      isThis: principal.type === 'account' && principal.session === id,
      createdAt,
      seenAt,
    }));
    return { devices };
  });

  app.post<WithId>(
    '/api/devices/:id/revoke',
    { config: { needs: 'account' }, schema: { body: NOTHING } },
    async (request) => {
      await accounts.endDevice(request.pass.principal, request.params.id);
      return {};
    },
  );
}
