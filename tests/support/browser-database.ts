/** A database in the real browser, gone when the test is. */

import { onTestFinished } from 'vitest';
import { Database } from '../../client/storage/database.ts';

let made = 0;

export function newDatabase(): Database {
  made += 1;
  const db = new Database(`logline-test-${Date.now()}-${made}`);
  onTestFinished(() => db.delete());
  return db;
}
