/** Opens the embedded database in a folder of its own, and keeps every other server out of it. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuthStore } from './auth-store.ts';
import { createSqliteAuth } from './sqlite-auth.ts';
import { migrate } from './sqlite-schema.ts';
import { createSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

export const DATABASE_FILE = 'logline.sqlite';

/** Makes folder and database when missing. `at` for new rows is read from `now`, in ms. */
export function openSqliteStore(dataDir: string, now: () => number): Store {
  return openSqlite(dataDir, now).store;
}

/** The same, and who there is, on the one connection. Closing the store closes both. */
export function openSqlite(dataDir: string, now: () => number): { store: Store; auth: AuthStore } {
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(dataDir);
  const db = openDatabase(dataDir, lock);
  const store = createSqliteStore(db, now, () => {
    db.close();
    lock.close();
  });
  return { store, auth: createSqliteAuth(db, now) };
}

/** @throws when a newer Logline wrote it; the lock is given back */
function openDatabase(dataDir: string, lock: DatabaseSync): DatabaseSync {
  const db = new DatabaseSync(join(dataDir, DATABASE_FILE));
  try {
    db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;');
    migrate(db);
  } catch (cause) {
    db.close();
    lock.close();
    throw cause;
  }
  return db;
}

/** Says which folder and what to do. */
export class LockTaken extends Error {}

/**
 * Two servers on one folder would each keep documents in memory that the other changes. A transaction that is never
 * ended holds the lock, and the system lets go of it however the process ends.
 */
export function takeLock(dataDir: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDir, 'lock.sqlite'));
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
  } catch (cause) {
    lock.close();
    throw new LockTaken(
      `Another Logline works on DATA_DIR (${dataDir}). Stop that one, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  return lock;
}
