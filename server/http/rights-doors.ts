/** Who is let into an incident, for those who may log in it. */

import type { FastifyInstance } from 'fastify';
import { CLOSES } from '../../shared/protocol/close-codes.ts';
import { isAtLeast } from '../../shared/protocol/rights.ts';
import type { Doorkeeper } from '../auth/doorkeeper.ts';
import type { Principal } from '../auth/principal.ts';
import { Refused } from '../auth/refused.ts';
import type { AuditNote, AuthStore, IncidentRight } from '../storage/auth-store.ts';
import type { Store } from '../storage/store.ts';
import { RIGHT, SENSITIVE } from './body.ts';

type WithId = { readonly Params: { readonly id: string } };
type WithAccount = { readonly Params: { readonly id: string; readonly account: string } };

export function registerRightsDoors(
  app: FastifyInstance,
  options: {
    readonly auth: AuthStore;
    readonly store: Pick<Store, 'readHistory' | 'readSize'>;
    readonly doorkeeper: Doorkeeper;
  },
): void {
  const { auth, store, doorkeeper } = options;

  const noteBy = (by: Principal, act: AuditNote['act'], about: string, detail = ''): AuditNote => ({
    actor: by.type === 'account' || by.type === 'token' ? by.id : '',
    act,
    about,
    detail,
  });

  /** A guest or a script writes in an incident; who is let in is for those who belong here. */
  function checkMember(principal: Principal): void {
    const isMember = principal.type === 'account' && principal.role !== 'guest';
    if (!isMember && principal.type !== 'trying')
      throw new Refused(403, 'Who is let in is for those who belong here to say.');
  }

  /** Members who brought something since they are members: before that nobody vouched for who it was. */
  async function findInside(id: string): Promise<readonly string[]> {
    const rows = await store.readHistory(id);
    const found = new Set<string>();
    for (const account of await auth.readAccounts()) {
      if (account.role === 'guest') continue;
      const since = rows.filter(({ at }) => at >= account.createdAt);
      const persons = [...new Set(since.map(({ person }) => person))];
      if ((await auth.findAccounts(persons)).includes(account.id)) found.add(account.id);
    }
    return [...found];
  }

  /** @throws Refused when nobody would be left who can let anybody in */
  async function checkSomebodyStays(id: string, leaving: string): Promise<void> {
    if (!doorkeeper.isSensitive(id)) return;
    const accounts = await auth.readAccounts();
    const left = (await auth.readGrantsOf(id)).filter(({ account, right, expiresAt }) => {
      const known = accounts.find((one) => one.id === account);
      const isMember = known && known.role !== 'guest' && !known.isSuspended;
      return account !== leaving && isMember && right === 'log' && expiresAt === null;
    });
    if (left.length === 0)
      throw new Refused(409, 'Somebody must stay who can let others in. Let one in first.');
  }

  app.get<WithId>(
    '/api/incidents/:id/rights',
    { config: { needs: 'view' } },
    async (request, reply) => {
      const { id } = request.params;
      if ((await store.readSize(id)).position === 0)
        throw new Refused(404, CLOSES.noSuchRoom.sentence);
      const [accounts, grants] = await Promise.all([auth.readAccounts(), auth.readGrantsOf(id)]);
      const people = grants.flatMap(({ account, right, expiresAt }) => {
        const known = accounts.find((one) => one.id === account);
        return known ? [{ id: account, name: known.name, role: known.role, right, expiresAt }] : [];
      });
      reply.header('cache-control', 'no-store');
      return { isSensitive: doorkeeper.isSensitive(id), level: request.pass.levelIn(id), people };
    },
  );

  app.post<WithId & { Body: { readonly isSensitive: boolean } }>(
    '/api/incidents/:id/sensitive',
    { config: { needs: 'log' }, schema: { body: SENSITIVE } },
    async (request) => {
      const { id } = request.params;
      const { isSensitive } = request.body;
      const { principal } = request.pass;
      checkMember(principal);
      if ((await store.readSize(id)).position === 0)
        throw new Refused(404, 'There is no such incident yet.');
      if (isSensitive && principal.type !== 'account')
        throw new Refused(
          409,
          'Claim this Logline first: without people there is nobody to keep it from.',
        );
      const inside = isSensitive ? await findInside(id) : [];
      const own = principal.type === 'account' && isSensitive ? [principal.id] : [];
      const act = isSensitive ? 'madeSensitive' : 'madeOrdinary';
      await auth.setSensitive(id, isSensitive, [...inside, ...own], noteBy(principal, act, id));
      await doorkeeper.refresh();
      doorkeeper.changed(null);
      return {};
    },
  );

  app.post<WithAccount & { Body: { readonly right: IncidentRight | null } }>(
    '/api/incidents/:id/rights/:account',
    { config: { needs: 'log' }, schema: { body: RIGHT } },
    async (request) => {
      const { id, account } = request.params;
      const { right } = request.body;
      const { principal } = request.pass;
      checkMember(principal);
      if (!(await auth.readAccounts()).some((one) => one.id === account))
        throw new Refused(404, 'There is nobody like that here.');
      if (right !== 'log') await checkSomebodyStays(id, account);
      if (right === null)
        await auth.endGrant(account, id, noteBy(principal, 'grantEnded', id, account));
      else {
        const grant = { account, incident: id, right, expiresAt: null, invitation: null };
        await auth.putGrant(grant, noteBy(principal, 'granted', id, `${account} ${right}`));
      }
      doorkeeper.changed(account);
      return { isStillIn: isAtLeast((await request.readmit()).levelIn(id), 'view') };
    },
  );
}
