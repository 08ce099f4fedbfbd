import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../server/storage/open-sqlite.ts';
import type { LoggedUpdate, Store } from '../../../server/storage/store.ts';
import { type IncidentSummary, toSummary } from '../../../shared/domain/summary.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { newFolder } from '../../support/folder.ts';
import { updateLogContract } from '../../support/update-log-contract.ts';

updateLogContract(async () => {
  const folder = newFolder();
  const log = open(folder);
  return {
    log,
    reopen: async () => {
      await log.close();
      return open(folder);
    },
    damage: async (what, doc, position) => {
      const sql = `update ${what}s set bytes = x'00' where doc = ? and position = ?`;
      withDatabase(folder, (db) => db.prepare(sql).run(doc, position));
    },
  };
});

test('[S10] updates and directory rows of a batch are committed together or not at all', async () => {
  const folder = newFolder();
  const store = open(folder);
  await store.commit({ updates: [update('a')], bindings: [], summaries: [summary('a')] });
  withDatabase(folder, (db) =>
    db.exec(`create trigger full before insert on incidents when new.id = 'c'
             begin select raise(abort, 'disk full'); end;`),
  );
  const batch = {
    updates: [update('b'), update('c')],
    bindings: [],
    summaries: [summary('b'), summary('c')],
  };
  await expect(store.commit(batch)).rejects.toThrow('disk full');
  expect((await store.read('b')).updates).toEqual([]);
  expect((await store.readDirectory(0, 10)).map((row) => row.id)).toEqual(['a']);

  const committed = await store.commit({
    updates: [update('b')],
    bindings: [],
    summaries: [summary('b')],
  });
  expect(committed.positions).toEqual([1]);
});

test('[N2] an incident gets its number once, and its row moves to the newest revision with each change', async () => {
  const store = open(newFolder());
  await store.commit({ updates: [], bindings: [], summaries: [summary('a')] });
  await store.commit({ updates: [], bindings: [], summaries: [summary('b')] });
  await store.commit({ updates: [], bindings: [], summaries: [summary('a', 'Renamed')] });
  const rows = await store.readDirectory(0, 10);
  expect(rows).toMatchObject([
    { id: 'b', number: 2, rev: 2 },
    { id: 'a', number: 1, rev: 3, summary: { title: 'Renamed' } },
  ]);
  expect(await store.readDirectory(2, 10)).toHaveLength(1);
  expect(await store.directoryRev()).toBe(3);
});

test('[N3] a database from a newer version is not opened', async () => {
  const folder = newFolder();
  await open(folder).close();
  withDatabase(folder, (db) => db.exec('pragma user_version = 99'));
  expect(() => open(folder)).toThrow(/newer Logline/);
});

test('[N28] two servers never work on one folder', async () => {
  const folder = newFolder();
  const first = open(folder);
  expect(() => open(folder)).toThrow(/Another Logline works on DATA_DIR/);
  await first.close();
  await open(folder).close();
});

function open(folder: string): Store {
  return openSqliteStore(folder, () => NIGHT);
}

function withDatabase(folder: string, use: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(join(folder, 'logline.sqlite'));
  use(db);
  db.close();
}

function update(doc: string): LoggedUpdate {
  const actor = { person: 'ana', device: 'a1' };
  return { doc, bytes: new Uint8Array([1, 2, 3]), actor, isRelayed: false };
}

function summary(id: string, title = 'Card payments failing'): IncidentSummary {
  const ana = createDevice('Ana');
  ana.declare(title);
  const made = toSummary(id, ana.doc.read, ana.doc.size());
  if (!made) throw new Error('Nothing to sum up');
  return made;
}
