import { expect, test } from 'vitest';
import { Database } from '../../../client/storage/database.ts';
import { createDexieLog } from '../../../client/storage/dexie-log.ts';
import { readWaiting } from '../../../client/storage/waiting.ts';
import { newDatabase } from '../../support/browser-database.ts';
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

test('[S12] a local update and the mark that it waits are on the disk together', async () => {
  const db = newDatabase();
  const log = createDexieLog(db);
  const bytes = new Uint8Array([1]);
  const [position = 0] = await log.appendLocal([{ doc: 'checkout', bytes, lines: ['a', 'b'] }]);
  expect(await readWaiting(db, 'checkout')).toEqual([
    { position, doc: 'checkout', lines: ['a', 'b'] },
  ]);
  await db.waiting.hook('creating', () => {
    throw new Error('disk full');
  });
  await expect(log.appendLocal([{ doc: 'checkout', bytes, lines: ['c'] }])).rejects.toThrow();
  expect(await db.updates.count()).toBe(1);
});
