/** A database in the real browser, under a name of its own; the browser's profile is thrown away with it. */

import { onTestFinished } from 'vitest';
import { Database } from '../../client/storage/database.ts';

let made = 0;

export function newDatabase(): Database {
  made += 1;
  const db = new Database(`logline-test-${Date.now()}-${made}`);
  onTestFinished(() => db.close());
  return db;
}
