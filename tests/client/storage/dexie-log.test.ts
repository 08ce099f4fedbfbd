import { expect, test } from 'vitest';
import { Database } from '../../../client/storage/database.ts';
import { createDexieLog } from '../../../client/storage/dexie-log.ts';
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
    { ...update, spentDraft: { key: 'checkout', text: 'x' } },
  ]);
  expect(await log.readWaiting('checkout')).toEqual([
    { position, doc: 'checkout', lines: ['a', 'b'] },
  ]);
  expect(await db.drafts.toCollection().keys()).toEqual(['search']);

  // What was written since is another line's.
  await db.drafts.put({ key: 'checkout', ...draft, text: 'next' });
  await log.appendLocal([{ ...update, spentDraft: { key: 'checkout', text: 'x' } }]);
  expect(await db.drafts.toCollection().keys()).toEqual(['checkout', 'search']);

  db.drafts.hook('deleting', () => {
    throw new Error('disk full');
  });
  await expect(
    log.appendLocal([{ ...update, spentDraft: { key: 'search', text: 'x' } }]),
  ).rejects.toThrow();
  expect(await db.updates.count()).toBe(2);
  expect(await db.waiting.count()).toBe(2);
  expect(await db.drafts.count()).toBe(2);
});
