import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../../server/storage/open-sqlite.ts';
import { migrate } from '../../../server/storage/sqlite-schema.ts';
import { createSqliteStore } from '../../../server/storage/sqlite-store.ts';
import type { Store } from '../../../server/storage/store.ts';
import { NIGHT } from '../../support/device.ts';
import { newFolder } from '../../support/folder.ts';
import { type StoreUnderTest, storeContract } from '../../support/store-contract.ts';

describe('SQLite on a disk', () => {
  storeContract(async () => {
    const folder = newFolder();
    const store = open(folder);
    return {
      store,
      reopen: async () => {
        await store.close();
        return open(folder);
      },
      ...faults((act) => withDatabase(folder, act)),
    };
  });
});

describe('SQLite in memory', () => {
  storeContract(async () => {
    const db = new DatabaseSync(':memory:');
    migrate(db);
    const store = createSqliteStore(
      db,
      () => NIGHT,
      () => db.close(),
    );
    return { store, ...faults((act) => act(db)) };
  });
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

type Use = (act: (db: DatabaseSync) => void) => void;

function faults(use: Use): Pick<StoreUnderTest, 'damage' | 'refuseSummary'> {
  return {
    damage: async (what, doc, position) => {
      const sql = `update ${what}s set bytes = x'00' where doc = ? and position = ?`;
      use((db) => db.prepare(sql).run(doc, position));
    },
    refuseSummary: async (id) =>
      use((db) =>
        db.exec(`create trigger full before insert on incidents when new.id = '${id}'
                 begin select raise(abort, 'disk full'); end;`),
      ),
  };
}

function open(folder: string): Store {
  return openSqliteStore(folder, () => NIGHT);
}

function withDatabase(folder: string, use: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(join(folder, 'logline.sqlite'));
  use(db);
  db.close();
}
