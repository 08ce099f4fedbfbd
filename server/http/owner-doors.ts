/** What only an owner sees: tokens for scripts, and the audit log. */

import type { FastifyInstance } from 'fastify';
import { isAtLeast } from '../../shared/protocol/rights.ts';
import type { Doorkeeper } from '../auth/doorkeeper.ts';
import { Refused } from '../auth/refused.ts';
import { newId, newSecret, toHash } from '../auth/secrets.ts';
import { findBrokenRow } from '../storage/audit-chain.ts';
import type { ApiToken, AuditRow, AuthStore } from '../storage/auth-store.ts';
import { NOTHING, TOKEN } from './body.ts';

const MAX_AUDIT_ROWS = 500;

const QUERY = {
  type: 'object',
  properties: { since: { type: 'integer', minimum: 0, default: 0 } },
} as const;

type TokenWish = Pick<ApiToken, 'name' | 'incident' | 'right'>;

export function registerOwnerDoors(
  app: FastifyInstance,
  options: {
    readonly auth: AuthStore;
    readonly doorkeeper: Doorkeeper;
    readonly now: () => number;
  },
): void {
  const { auth, doorkeeper, now } = options;

  app.get('/api/tokens', { config: { needs: 'owner' } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    const tokens = await auth.readTokens();
    return { tokens: tokens.map(({ hash: _, ...token }) => token) };
  });

  app.post<{ Body: TokenWish }>(
    '/api/tokens',
    { config: { needs: 'owner' }, schema: { body: TOKEN } },
    async (request) => {
      const { principal } = request.pass;
      if (principal.type !== 'account')
        throw new Refused(409, 'Claim this Logline first; then you can make tokens.');
      const { name, incident, right } = request.body;
      // Nobody gives away more than they have: a sensitive incident may be closed to an owner too.
      if (incident !== null && !isAtLeast(request.pass.levelIn(incident), right))
        throw new Refused(404, 'There is no such incident.');
      const secret = newSecret();
      const token: ApiToken = {
        id: newId(),
        hash: toHash(secret),
        name,
        incident,
        right,
        by: principal.id,
        createdAt: now(),
        usedAt: null,
      };
      const detail = `${incident ?? 'workspace'} ${right}`;
      await auth.addToken(token, {
        actor: principal.id,
        act: 'tokenMade',
        about: token.id,
        detail,
      });
      return { id: token.id, secret };
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/tokens/:id/revoke',
    { config: { needs: 'owner' }, schema: { body: NOTHING } },
    async (request) => {
      const { id } = request.params;
      const { principal } = request.pass;
      if (!(await auth.readTokens()).some((token) => token.id === id))
        throw new Refused(404, 'There is no such token.');
      const actor = principal.type === 'account' ? principal.id : '';
      await auth.revokeToken(id, { actor, act: 'tokenRevoked', about: id, detail: '' });
      doorkeeper.changed(`token ${id}`);
      return {};
    },
  );

  app.get<{ Querystring: { since: number } }>(
    '/api/audit',
    { config: { needs: 'owner' }, schema: { querystring: QUERY } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const rows = await auth.readAudit(request.query.since, MAX_AUDIT_ROWS);
      return { rows, brokenAt: await findBroken() };
    },
  );

  /** @returns the first row that does not vouch for the one before, null when all do */
  async function findBroken(): Promise<number | null> {
    let last: AuditRow | undefined;
    for (;;) {
      const rows = await auth.readAudit(last?.number ?? 0, MAX_AUDIT_ROWS);
      const broken = findBrokenRow(rows, last);
      if (broken !== null || rows.length < MAX_AUDIT_ROWS) return broken;
      last = rows.at(-1);
    }
  }
}
