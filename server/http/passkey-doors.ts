/** Passkeys over http: one more of them for who is signed in, and signing in by one. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Standing } from '../../shared/protocol/auth.ts';
import type { Asserted, Attested, Passkeys, Site } from '../auth/passkeys.ts';
import type { Principal } from '../auth/principal.ts';
import { Refused } from '../auth/refused.ts';
import type { Account, AuthStore } from '../storage/auth-store.ts';
import { ASSERTED, ATTESTED, NOTHING } from './body.ts';
import { toDeviceLabel } from './device-label.ts';

type WithId = { readonly Params: { readonly id: string } };

export function registerPasskeyDoors(
  app: FastifyInstance,
  options: {
    readonly auth: AuthStore;
    readonly passkeys: Passkeys;
    /** @throws Refused where a secret would be read on its way, or too many tried */
    readonly checkTry: (request: FastifyRequest) => void;
    readonly letIn: (
      request: FastifyRequest,
      reply: FastifyReply,
      account: string,
    ) => Promise<Standing>;
  },
): void {
  const { auth, passkeys, checkTry, letIn } = options;

  async function findOwn(principal: Principal): Promise<{ account: Account; session: string }> {
    const account = (await auth.readAccounts()).find(
      ({ id }) => principal.type === 'account' && principal.id === id,
    );
    if (!account || principal.type !== 'account') throw new Refused(401, 'Sign in first.');
    return { account, session: principal.session };
  }

  app.get('/api/passkeys', { config: { needs: 'account' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { account } = await findOwn(request.pass.principal);
    const own = await auth.readPasskeys(account.id);
    return {
      passkeys: own.map(({ id, label, createdAt, usedAt }) => ({ id, label, createdAt, usedAt })),
    };
  });

  app.post(
    '/api/passkeys/start',
    { config: { needs: 'account' }, schema: { body: NOTHING } },
    async (request) => {
      checkTry(request);
      const { account, session } = await findOwn(request.pass.principal);
      if (account.role === 'guest') throw new Refused(403, 'A guest needs no passkey.');
      return passkeys.startNew(account, session, toSite(request));
    },
  );

  app.post<{ Body: Attested }>(
    '/api/passkeys',
    { config: { needs: 'account' }, schema: { body: ATTESTED } },
    async (request) => {
      const { account, session } = await findOwn(request.pass.principal);
      const label = toDeviceLabel(request.headers['user-agent']);
      await passkeys.finishNew(account, session, toSite(request), request.body, label);
      return {};
    },
  );

  app.post<WithId>(
    '/api/passkeys/:id/remove',
    { config: { needs: 'account' }, schema: { body: NOTHING } },
    async (request) => {
      const { account } = await findOwn(request.pass.principal);
      const { id } = request.params;
      if (!(await auth.readPasskeys(account.id)).some((key) => key.id === id))
        throw new Refused(404, 'There is no such passkey.');
      const note = {
        actor: account.id,
        act: 'passkeyRemoved',
        about: account.id,
        detail: '',
      } as const;
      await auth.removePasskey(id, note);
      return {};
    },
  );

  app.post(
    '/api/sign-in/start',
    { config: { needs: 'anyone' }, schema: { body: NOTHING } },
    async (request) => {
      checkTry(request);
      return passkeys.startSignIn(toSite(request));
    },
  );

  app.post<{ Body: { readonly id: string; readonly response: Asserted } }>(
    '/api/sign-in',
    { config: { needs: 'anyone' }, schema: { body: ASSERTED } },
    async (request, reply) => {
      checkTry(request);
      const { id, response } = request.body;
      return letIn(request, reply, await passkeys.finishSignIn(id, toSite(request), response));
    },
  );
}

/** The origin was compared with ours before this is asked. */
function toSite({ headers }: FastifyRequest): Site {
  const { origin = '' } = headers;
  if (!URL.canParse(origin)) throw new Refused(403, 'Passkeys are for browsers.');
  return { origin, host: new URL(origin).hostname };
}
