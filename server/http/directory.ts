/** The directory's delta feed, with answers that are held until something changes. */

import type { FastifyInstance } from 'fastify';
import type { DirectoryPage } from '../../shared/protocol/directory.ts';
import { MAX_DIRECTORY_ROWS, MAX_DIRECTORY_WAIT_SECONDS } from '../../shared/protocol/limits.ts';
import type { Store } from '../storage/store.ts';

export type Directory = {
  /** Tells everybody who waits that the directory changed. */
  announce(rev: number): void;
  register(app: FastifyInstance): void;
  /** Answers everybody who waits, so that the server can stop. */
  close(): void;
};

const QUERY = {
  type: 'object',
  properties: {
    since: { type: 'integer', minimum: 0, default: 0 },
    wait: { type: 'integer', minimum: 0, maximum: MAX_DIRECTORY_WAIT_SECONDS, default: 0 },
  },
} as const;

export function createDirectory(store: Store): Directory {
  const waiting = new Set<() => void>();
  let isClosed = false;

  function wakeAll(): void {
    for (const wake of [...waiting]) wake();
  }

  async function readPage(since: number): Promise<DirectoryPage> {
    const newest = await store.directoryRev();
    // A phone that is ahead of us has seen a database that was since replaced by an older one: start over.
    const from = since > newest ? 0 : since;
    const rows = await store.readDirectory(from, MAX_DIRECTORY_ROWS);
    return { rev: rows.at(-1)?.rev ?? newest, rows, lineage: await store.readLineage() };
  }

  function nextChange(seconds: number, onGone: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
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
      app.get<{ Querystring: { since: number; wait: number } }>(
        '/api/incidents',
        { schema: { querystring: QUERY } },
        async (request, reply) => {
          const { since, wait } = request.query;
          let page = await readPage(since);
          if (page.rows.length === 0 && page.rev === since && wait > 0 && !isClosed) {
            await nextChange(wait, (wake) => request.raw.once('close', wake));
            page = await readPage(since);
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
