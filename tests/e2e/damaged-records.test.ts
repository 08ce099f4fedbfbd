import { expect, test } from 'vitest';
import { CLIENT_DIR, expectPage, newPhone, useBrowser } from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

const TABLES = [
  'updates',
  'snapshots',
  'drafts',
  'settings',
  'incidents',
  'directory',
  'firstPaint',
  'quarantine',
  'sent',
];
const FAULTS = ['another type', 'cut short', 'gone'] as const;

for (const fault of FAULTS) {
  test(`[S38] whatever record of a phone is damaged, the app opens and shows its incidents: ${fault}`, async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind');
    const { page } = ana;
    await ana.start();
    await ana.declare('Card payments failing, EU');
    await ana.log('Every error is a pool timeout');
    await ana.log('Pool back to 40', 'action');
    await ana.sent();
    await page.getByLabel('What do you do?').or(page.getByRole('textbox')).first().fill('Half');
    await ana.draftKept('Half');
    const address = page.url();
    const missing: string[] = [];
    const expectShown = async (text: string, table: string): Promise<void> => {
      await expectPage(page.getByText(text).first())
        .toBeVisible()
        .catch(() => missing.push(`${table}: ${text}`));
    };
    for (const table of TABLES) {
      // From a page without the app: nobody writes the record anew meanwhile.
      await page.goto('/manifest.webmanifest');
      await page.evaluate(harmRecords, { table, fault });
      await page.goto(address);
      for (const text of ['Every error is a pool timeout', 'Pool back to 40'])
        await expectShown(text, table);
      await page.goto('/');
      await expectShown('Card payments failing, EU', table);
      await page.goto('/manifest.webmanifest');
      await page.evaluate(mendRecords, table);
    }
    expect(missing).toEqual([]);
    expect(ana.errors).toEqual([]);
  });
}

/** Runs in the page. Who this phone is stays: without that it is another one, and empty. */
async function harmRecords({ table, fault }: { table: string; fault: string }): Promise<void> {
  const toOther = (value: unknown): unknown => (typeof value === 'string' ? 7 : 'another type');
  const toShort = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return value.slice(0, value.length / 2);
    if (typeof value === 'string') return value.slice(0, 1);
    if (Array.isArray(value)) return [];
    return typeof value === 'object' && value !== null ? {} : value;
  };
  const opening = indexedDB.open('logline');
  await new Promise((resolve) => opening.addEventListener('success', resolve));
  const reading = opening.result.transaction(table).objectStore(table).getAll();
  await new Promise((resolve) => reading.addEventListener('success', resolve));
  const copying = indexedDB.open(`copy of ${table}`);
  copying.onupgradeneeded = () => copying.result.createObjectStore('rows', { autoIncrement: true });
  await new Promise((resolve) => copying.addEventListener('success', resolve));
  const copied = copying.result.transaction('rows', 'readwrite');
  for (const row of reading.result) copied.objectStore('rows').put(row);
  await new Promise((resolve) => copied.addEventListener('complete', resolve));

  const harming = opening.result.transaction(table, 'readwrite');
  const store = harming.objectStore(table);
  const isKey = (field: string) => field === 'doc' || [store.keyPath].flat().includes(field);
  const walk = store.openCursor();
  walk.onsuccess = () => {
    const { result: cursor } = walk;
    if (!cursor) return;
    const row: object = cursor.value;
    if (cursor.key !== 'identity') {
      const harmed = Object.entries(row).map(([field, value]) => {
        if (isKey(field)) return [field, value];
        return [field, fault === 'cut short' ? toShort(value) : toOther(value)];
      });
      if (fault === 'gone') cursor.delete();
      else cursor.update(Object.fromEntries(harmed));
    }
    cursor.continue();
  };
  await new Promise((resolve) => harming.addEventListener('complete', resolve));
  opening.result.close();
  copying.result.close();
}

/** Runs in the page: as it was before its records were harmed. */
async function mendRecords(table: string): Promise<void> {
  const copying = indexedDB.open(`copy of ${table}`);
  await new Promise((resolve) => copying.addEventListener('success', resolve));
  const reading = copying.result.transaction('rows').objectStore('rows').getAll();
  await new Promise((resolve) => reading.addEventListener('success', resolve));
  const opening = indexedDB.open('logline');
  await new Promise((resolve) => opening.addEventListener('success', resolve));
  const mending = opening.result.transaction(table, 'readwrite');
  mending.objectStore(table).clear();
  for (const row of reading.result) mending.objectStore(table).put(row);
  await new Promise((resolve) => mending.addEventListener('complete', resolve));
  opening.result.close();
  copying.result.close();
}
