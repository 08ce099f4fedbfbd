import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createLog } from '../../server/log.ts';
import { migrate } from '../../server/storage/sqlite-schema.ts';
import { createSqliteStore } from '../../server/storage/sqlite-store.ts';
import type { Store } from '../../server/storage/store.ts';
import { createCommitter, type Pending } from '../../server/sync/committer.ts';
import { NIGHT } from '../support/device.ts';

test('[N49] what came while a commit failed is not committed without it', async () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  const store = createSqliteStore(db, () => NIGHT, db.close);
  let fail = (): void => undefined;
  let isFailing = true;
  const slow: Store = {
    ...store,
    async commit(batch) {
      if (!isFailing) return store.commit(batch);
      isFailing = false;
      await new Promise<void>((resolve) => {
        fail = resolve;
      });
      throw new Error('disk full');
    },
  };
  const committer = createCommitter({
    store: slow,
    log: createLog('silent'),
    now: () => NIGHT,
    summarize: () => null,
    onDirectory: () => undefined,
  });
  const outcomes: string[] = [];
  const add = (doc: string, content: number): void => {
    const pending: Pending = {
      update: {
        doc,
        bytes: new Uint8Array([content]),
        actor: { person: '', device: '' },
        isRelayed: false,
      },
      bindings: [],
      onCommitted: () => outcomes.push(`${content} committed`),
      onFailed: () => outcomes.push(`${content} failed`),
    };
    committer.add(pending);
  };

  add('checkout', 1);
  await new Promise((resolve) => setImmediate(resolve));
  add('checkout', 2);
  add('search', 3);
  fail();
  await committer.drain();
  expect(outcomes).toEqual(['1 failed', '2 failed', '3 committed']);
  expect((await store.read('checkout')).updates).toEqual([]);
});
