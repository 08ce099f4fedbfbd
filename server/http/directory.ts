/** The directory's delta feed, with answers that are held until something changes. */

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { DirectoryPage, DirectoryRow } from '../../shared/protocol/directory.ts';
import { MAX_DIRECTORY_ROWS, MAX_DIRECTORY_WAIT_SECONDS } from '../../shared/protocol/limits.ts';
import { isAtLeast } from '../../shared/protocol/rights.ts';
import type { Doorkeeper, Pass } from '../auth/doorkeeper.ts';
import { toRightsKey } from '../auth/principal.ts';
import type { Store } from '../storage/store.ts';

export type Directory = {
  /** Tells everybody who waits that the directory changed. */
  announce(rev: number): void;
  register(app: FastifyInstance): void;
  /** Answers everybody who waits, so that the server can stop. */
  close(): void;
};

type Query = { readonly since: number; readonly wait: number; readonly scope: string };

const QUERY = {
  type: 'object',
  properties: {
    scope: { type: 'string', maxLength: 64, default: '' },
    since: { type: 'integer', minimum: 0, default: 0 },
    wait: { type: 'integer', minimum: 0, maximum: MAX_DIRECTORY_WAIT_SECONDS, default: 0 },
  },
} as const;

export function createDirectory(
  store: Store,
  doorkeeper: Pick<Doorkeeper, 'watch'>,
  now: () => number,
): Directory {
  const waiting = new Set<() => void>();
  let isClosed = false;

  function wakeAll(): void {
    for (const wake of [...waiting]) wake();
  }

  /** Only what this one may see: of the rest neither a row nor that there is one. */
  async function readPage({ since, scope: known }: Query, pass: Pass): Promise<DirectoryPage> {
    const scope = toScope(pass);
    const newest = await store.directoryRev();
    // Other rights show other rows, old ones too. So does a database that an older one took the place of.
    const isWhole = known !== '' && known !== scope;
    let from = since > newest || isWhole ? 0 : since;
    let rows: readonly DirectoryRow[] = [];
    while (rows.length === 0) {
      const all = await store.readDirectory(from, MAX_DIRECTORY_ROWS);
      rows = all.filter(({ id }) => isAtLeast(pass.levelIn(id), 'view'));
      from = all.at(-1)?.rev ?? from;
      if (all.length < MAX_DIRECTORY_ROWS) break;
    }
    const rev = rows.at(-1)?.rev ?? (since > newest || isWhole ? 0 : since);
    return { rev, rows, lineage: await store.readLineage(), scope, isWhole };
  }

  function nextChange(
    seconds: number,
    { principal }: Pass,
    onGone: (wake: () => void) => void,
  ): Promise<void> {
    return new Promise((resolve) => {
      const stop = doorkeeper.watch(principal, () => wake());
      const wake = (): void => {
        clearTimeout(timer);
        stop();
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, seconds * 1000);
      waiting.add(wake);
      onGone(wake);
    });
  }

  return {
    announce: wakeAll,
    register(app) {
      app.get<{ Querystring: Query }>(
        '/api/incidents',
        { schema: { querystring: QUERY }, config: { needs: 'somebody' } },
        async (request, reply) => {
          const until = now() + request.query.wait * 1000;
          const isNews = ({ rows, rev, isWhole }: DirectoryPage): boolean =>
            rows.length > 0 || rev !== request.query.since || isWhole;
          let { pass } = request;
          let wake = (): void => undefined;
          request.raw.once('close', () => wake());
          const gone = (next: () => void): void => {
            wake = next;
          };
          let page = await readPage(request.query, pass);
          // What woke us may be none of theirs, and rights may have changed meanwhile.
          while (!isNews(page) && now() < until && !isClosed && !request.raw.destroyed) {
            await nextChange((until - now()) / 1000, pass, gone);
            pass = await request.readmit();
            if (pass.principal.type === 'nobody') break;
            page = await readPage(request.query, pass);
          }
          return reply.header('cache-control', 'no-store').send(page);
        },
      );
    },
    close() {
      isClosed = true;
      wakeAll();
    },
  };
}

/** The same for whoever sees the same, and says nothing of what that is. */
function toScope({ principal, rights }: Pass): string {
  return createHash('sha256')
    .update(`${toRightsKey(principal)} ${rights}`)
    .digest('base64url')
    .slice(0, 16);
}
