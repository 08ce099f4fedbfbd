/** What a phone keeps beside the updates, in IndexedDB: marks, drafts, settings, and rows that can be derived again. */

import type { Table } from 'dexie';
import type { UpdateLog } from '../../shared/doc/update-log.ts';
import { type Database, revive } from './database.ts';
import { watchRows } from './live-rows.ts';
import type { PhoneLog } from './phone-log.ts';
import { readWaitingRows } from './waiting-rows.ts';

type Marks = Omit<PhoneLog, keyof UpdateLog | 'appendLocal' | 'setAside'>;

export function createDexieMarks(db: Database): Marks {
  return {
    revive: () => revive(db),
    readQuarantine: async () => db.quarantine.toArray(),
    clearQuarantine: async () => db.quarantine.clear(),
    readWaiting: (doc) => readWaitingRows(db, doc),
    watchWaiting: (doc) => watchRows(() => readWaitingRows(db, doc)),
    forgetWaiting: async (positions) => db.waiting.bulkDelete([...positions]),
    watchSent: (doc) => watchRows(async () => db.sent.where('doc').equals(doc).toArray()),
    async noteSent(rows) {
      await db.sent.bulkPut(rows);
    },
    forgetSent: async () => db.sent.clear(),
    readDocs: async () => [
      ...new Set([...(await readDocs(db.updates)), ...(await readDocs(db.snapshots))]),
    ],
    readDraft: async (key) => (await db.drafts.get(key)) ?? null,
    readDrafts: async (prefix) => db.drafts.where('key').startsWith(prefix).toArray(),
    async writeDraft(draft) {
      await db.drafts.put(draft);
    },
    moveDraft: async (from, draft) =>
      db.transaction('rw', db.drafts, async () => {
        await db.drafts.delete(from);
        await db.drafts.put(draft);
      }),
    readSetting: async (key) => (await db.settings.get(key))?.value,
    async writeSetting(key, value) {
      await db.settings.put({ key, value });
    },
    makeSetting: async (key, value) =>
      db.transaction('rw', db.settings, async () => {
        const known = await db.settings.get(key);
        if (known) return known.value;
        await db.settings.put({ key, value });
        return value;
      }),
    async keepSummary(summary) {
      await db.incidents.put(summary);
    },
    readFirstPaint: async (doc) => (await db.firstPaint.get(doc)) ?? null,
    async keepFirstPaint(paint) {
      await db.firstPaint.put(paint);
    },
  };
}

/** From one incident's first row to the next one's, so that a long incident costs no more than a short one. */
async function readDocs<Row, Key>(table: Table<Row, Key, Row>): Promise<readonly string[]> {
  const docs: string[] = [];
  for (;;) {
    const after: readonly [string, number] = [docs.at(-1) ?? '', Number.MAX_SAFE_INTEGER];
    const [next] = await table.where('[doc+position]').above(after).limit(1).keys();
    const doc: unknown = Array.isArray(next) ? next[0] : null;
    if (typeof doc !== 'string') return docs;
    docs.push(doc);
  }
}
