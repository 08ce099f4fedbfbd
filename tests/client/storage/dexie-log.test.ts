import { expect, test } from 'vitest';
import { Database } from '../../../client/storage/database.ts';
import { createDexieLog } from '../../../client/storage/dexie-log.ts';
import { ANY_LINE, type WaitingRow } from '../../../client/storage/phone-log.ts';
import { newDatabase } from '../../support/browser-database.ts';
import { phoneLogContract } from '../../support/phone-log-contract.ts';
import { updateLogContract } from '../../support/update-log-contract.ts';

updateLogContract(async () => {
  const db = newDatabase();
  return {
    log: createDexieLog(db),
    reopen: async () => {
      db.close();
      return createDexieLog(new Database(db.name));
    },
    damage: async (what, doc, position) => {
      const key = what === 'update' ? position : [doc, position];
      await db.table(`${what}s`).update(key, { bytes: new Uint8Array([0]) });
    },
  };
});

phoneLogContract(async () => createDexieLog(newDatabase()));

test('[S11] a damaged row is kept aside, where it can still be exported', async () => {
  const db = newDatabase();
  const log = createDexieLog(db);
  const [position = 0] = await log.append([{ doc: 'checkout', bytes: new Uint8Array([1]) }]);
  await db.updates.update(position, { bytes: new Uint8Array([9]) });
  expect((await log.read('checkout')).damaged).toBe(1);
  expect(await db.updates.count()).toBe(0);
  expect(await db.quarantine.toArray()).toMatchObject([
    { doc: 'checkout', position, reason: 'checksum', value: { bytes: new Uint8Array([9]) } },
  ]);
  expect((await log.read('checkout')).damaged).toBe(0);
});

test('[S12] a local update, the mark that it waits and the end of its draft are on the disk together', async () => {
  const db = newDatabase();
  const log = createDexieLog(db);
  const draft = { text: 'x', kind: 'action', firstTouch: 1, lastTouch: 1, occurred: null } as const;
  await db.drafts.bulkPut([
    { key: 'checkout', ...draft },
    { key: 'search', ...draft },
  ]);
  const update = { bytes: new Uint8Array([1]), doc: 'checkout', lines: ['a', 'b'] };
  const [position = 0] = await log.appendLocal([
    { ...update, spentDraft: { key: 'checkout', text: 'x', lastTouch: 1 } },
  ]);
  expect(await log.readWaiting('checkout')).toEqual([
    { position, doc: 'checkout', lines: ['a', 'b'] },
  ]);
  expect(await db.drafts.toCollection().keys()).toEqual(['search']);

  // What was written since is another line's.
  await db.drafts.put({ key: 'checkout', ...draft, text: 'next', lastTouch: 2 });
  await log.appendLocal([{ ...update, spentDraft: { key: 'checkout', text: 'x', lastTouch: 1 } }]);
  expect(await db.drafts.toCollection().keys()).toEqual(['checkout', 'search']);

  db.drafts.hook('deleting', () => {
    throw new Error('disk full');
  });
  await expect(
    log.appendLocal([{ ...update, spentDraft: { key: 'search', text: 'x', lastTouch: 1 } }]),
  ).rejects.toThrow();
  expect(await db.updates.count()).toBe(2);
  expect(await db.waiting.count()).toBe(2);
  expect(await db.drafts.count()).toBe(2);
});

test('[S25] a mark the browser cannot read, or without lines, stands for any line and hides no other', async () => {
  const db = newDatabase();
  const log = createDexieLog(db);
  const update = { bytes: new Uint8Array([1]), doc: 'checkout', lines: ['a'], spentDraft: null };
  const [first = 0, second = 0, third = 0] = await log.appendLocal([update, update, update]);
  await db.table('waiting').put({ position: second, doc: 'checkout' });
  db.waiting.hook('reading', (row) => {
    if (row.position === third) throw new DOMException('Unable to deserialize', 'DataError');
    return row;
  });
  const rows = [
    { position: first, doc: 'checkout', lines: ['a'] },
    { position: second, doc: 'checkout', lines: [ANY_LINE] },
    { position: third, doc: 'checkout', lines: [ANY_LINE] },
  ];
  expect(await log.readWaiting('checkout')).toEqual(rows);
  for (const doc of ['checkout', null]) {
    const watched = await new Promise<readonly WaitingRow[]>((resolve, reject) => {
      log.watchWaiting(doc)(resolve, reject);
    });
    expect(watched).toEqual(rows);
  }
});

test('[S25] a connection that was closed under a query is told to who watches', async () => {
  const db = newDatabase();
  const log = createDexieLog(db);
  await db.open();
  db.close();
  const failed = await new Promise((resolve) => {
    log.watchWaiting(null)(() => undefined, resolve);
  });
  expect(String(failed)).toContain('DatabaseClosedError');
});
