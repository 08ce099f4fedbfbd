import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../../client/storage/database.ts';
import { createDexieLog } from '../../../client/storage/dexie-log.ts';
import { toChecksum } from '../../../shared/doc/checksum.ts';

/** As the library numbers the first version. */
const FIRST = 10;

/** What the first phones made: each table with its key and its indexes. */
const FIRST_TABLES: Readonly<
  Record<
    string,
    { readonly key: string | string[]; readonly counts?: boolean; readonly by?: string[] }
  >
> = {
  updates: { key: 'position', counts: true, by: ['doc', 'position'] },
  snapshots: { key: ['doc', 'position'] },
  waiting: { key: 'position', by: ['doc'] },
  drafts: { key: 'key' },
  settings: { key: 'key' },
  incidents: { key: 'id' },
  directory: { key: 'id' },
  firstPaint: { key: 'id' },
  quarantine: { key: 'id', counts: true, by: ['doc'] },
};

const DOC = 'checkout';
const DRAFT = {
  key: DOC,
  text: 'Half',
  kind: 'action',
  firstTouch: 1,
  lastTouch: 1,
  occurred: null,
};
const ROWS: Readonly<Record<string, readonly object[]>> = {
  updates: [stored(2), stored(3), { ...stored(4), doc: 'search' }],
  snapshots: [stored(1)],
  waiting: [{ position: 3, doc: DOC, lines: ['a'] }],
  drafts: [DRAFT],
  settings: [{ key: 'identity', value: { name: 'Ana Lind' } }],
  incidents: [{ id: DOC }],
  directory: [{ id: DOC, number: 7 }],
  firstPaint: [{ id: DOC, entries: [] }],
  quarantine: [{ id: 1, doc: DOC, position: 9, reason: 'checksum', value: null }],
};

test('[S37] the first phones’ database opens with everything kept', async () => {
  const name = `logline-first-${Date.now()}`;
  await writeAsTheFirst(name);
  const db = new Database(name);
  onTestFinished(() => db.close());
  const log = createDexieLog(db);
  const { snapshot, updates, damaged } = await log.read(DOC);
  expect([snapshot, ...updates].map((row) => row?.position)).toEqual([1, 2, 3]);
  expect(damaged).toBe(0);
  for (const [table, rows] of Object.entries(ROWS))
    expect(await db.table(table).toArray(), table).toEqual(rows);
  expect(await log.readDraft(DOC)).toEqual(DRAFT);
  expect(await log.readSetting('identity')).toEqual({ name: 'Ana Lind' });

  const [next] = await log.appendLocal([
    { doc: DOC, bytes: new Uint8Array([5]), lines: ['b'], spentDraft: null },
  ]);
  expect(next).toBe(5);
  expect((await log.readWaiting(DOC)).map(({ position }) => position)).toEqual([3, 5]);
  await log.noteSent([{ doc: DOC, line: 'a', position: 3 }]);
  expect(await db.sent.count()).toBe(1);
});

async function writeAsTheFirst(name: string): Promise<void> {
  const opening = indexedDB.open(name, FIRST);
  opening.onupgradeneeded = () => {
    for (const [table, { key, counts = false, by }] of Object.entries(FIRST_TABLES)) {
      const made = opening.result.createObjectStore(table, { keyPath: key, autoIncrement: counts });
      const [only] = by ?? [];
      if (by && by.length > 1) made.createIndex(`[${by.join('+')}]`, by);
      else if (only) made.createIndex(only, only);
    }
  };
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const writing = db.transaction(Object.keys(ROWS), 'readwrite');
  for (const [table, rows] of Object.entries(ROWS))
    for (const row of rows) writing.objectStore(table).put(row);
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve;
    writing.onabort = () => reject(writing.error);
  });
  db.close();
}

function stored(position: number) {
  const bytes = new Uint8Array([position]);
  return { doc: DOC, position, bytes, checksum: toChecksum(bytes) };
}
