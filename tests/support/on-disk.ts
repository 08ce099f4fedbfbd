/** Waits for what a page has written into its own database, whatever the screen says. */

import type { Page } from 'playwright';
import { expect } from 'playwright/test';

/** Two browsers on two slow processors take their time. */
const WITHIN_MILLIS = 30_000;

/** Waits until a row of the table holds these words, as its JSON has them; of bytes, what they are as text. */
export async function waitOnDisk(page: Page, table: string, words: string): Promise<void> {
  // Not `page.waitForFunction`: a promise is true enough for it, whatever it comes to.
  const isThere = (): Promise<boolean> => page.evaluate(holds, { table, words });
  await expect.poll(isThere, { timeout: WITHIN_MILLIS }).toBe(true);
}

/** Runs in the page. */
async function holds({ table, words }: { table: string; words: string }): Promise<boolean> {
  const ask = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const toText = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  const db = await ask(indexedDB.open('logline'));
  try {
    const rows: unknown[] = await ask(db.transaction(table).objectStore(table).getAll());
    return rows.some((row) => JSON.stringify(row, toText).includes(words));
  } finally {
    db.close();
  }
}
