/**
 * The update log in IndexedDB. Musts:
 * 1. An append is one transaction; it resolves when the transaction completed, not when the request succeeded.
 * 2. Rows are removed by key position, and only those a newer snapshot, read back and decoded, has replaced.
 * 3. Each row carries a checksum. A row that does not match goes to quarantine; reading goes on without it.
 * 4. One row that the browser itself cannot read must not hide the others.
 */

import { toChecksum } from '../../shared/doc/checksum.ts';
import type { NewUpdate, Position, StoredDoc, StoredUpdate } from '../../shared/doc/update-log.ts';
import { isSpent } from '../../shared/domain/draft.ts';
import type { Database } from './database.ts';
import { createDexieMarks } from './dexie-marks.ts';
import type { PhoneLog, RowTable, WaitingRow } from './phone-log.ts';

const MIN_POSITION: Position = 0;
const MAX_POSITION: Position = Number.MAX_SAFE_INTEGER;

export function createDexieLog(db: Database): PhoneLog {
  function add(updates: readonly NewUpdate[]): Promise<Position[]> {
    const rows = updates.map(({ doc, bytes }) => ({
      doc,
      bytes: bytes.slice(),
      checksum: toChecksum(bytes),
    }));
    return db.updates.bulkAdd(rows, { allKeys: true });
  }

  async function read(doc: string): Promise<StoredDoc> {
    let damaged = 0;
    const keep = async (table: RowTable, row: unknown): Promise<StoredUpdate[]> => {
      const stored = toStoredUpdate(row);
      if (stored) return [stored];
      damaged += 1;
      // A full phone has no room to set it aside; it stays where it is, and the others are read all the same.
      await quarantine(table, doc, toPosition(row), 'checksum', row).catch(() => undefined);
      return [];
    };

    const snapshots: StoredUpdate[] = [];
    for (const row of await readAll('snapshots', doc, MIN_POSITION)) {
      snapshots.push(...(await keep('snapshots', row)));
    }
    const snapshot = snapshots.at(-1) ?? null;
    const updates: StoredUpdate[] = [];
    for (const row of await readAll('updates', doc, snapshot?.position ?? MIN_POSITION)) {
      updates.push(...(await keep('updates', row)));
    }
    return { snapshot, updates, damaged };
  }

  /** @returns rows after `after`; a row the browser cannot read comes back as `{ position, unreadable }` */
  async function readAll(
    table: RowTable,
    doc: string,
    after: Position,
  ): Promise<readonly unknown[]> {
    const range = db
      .table(table)
      .where('[doc+position]')
      .between([doc, after], [doc, MAX_POSITION], false, true);
    try {
      return await range.toArray();
    } catch {
      const keys = await range.primaryKeys();
      return Promise.all(
        keys.map((key) =>
          db
            .table(table)
            .get(key)
            .catch((cause: unknown) => ({
              position: Array.isArray(key) ? key[1] : key,
              unreadable: String(cause),
            })),
        ),
      );
    }
  }

  async function quarantine(
    table: RowTable,
    doc: string,
    position: Position,
    reason: string,
    value: unknown,
  ): Promise<void> {
    await db.transaction('rw', db.table(table), db.quarantine, async () => {
      await db.quarantine.add({ table, doc, position, reason, value });
      await db.table(table).delete(toKey(table, doc, position));
    });
  }

  return {
    ...createDexieMarks(db),
    append: add,
    appendLocal: (updates) =>
      db.transaction('rw', db.updates, db.waiting, db.drafts, async () => {
        const positions = await add(updates);
        const rows: WaitingRow[] = [];
        for (const [index, { doc, lines }] of updates.entries()) {
          const position = positions[index];
          if (position !== undefined && lines.length > 0) rows.push({ position, doc, lines });
        }
        await db.waiting.bulkPut(rows);
        for (const { spentDraft } of updates) {
          if (!spentDraft) continue;
          const kept = await db.drafts.get(spentDraft.key);
          if (kept && isSpent(kept, spentDraft)) await db.drafts.delete(spentDraft.key);
        }
        return positions;
      }),
    read,
    addSnapshot: (doc, upTo, bytes) =>
      db.transaction('rw', db.snapshots, async () => {
        const newest = await db.snapshots
          .where('[doc+position]')
          .between([doc, MIN_POSITION], [doc, MAX_POSITION])
          .last();
        if (newest && newest.position >= upTo) return false;
        const row = { doc, position: upTo, bytes: bytes.slice(), checksum: toChecksum(bytes) };
        await db.snapshots.put(row);
        return true;
      }),
    prune: (doc, proven) =>
      db.transaction('rw', db.snapshots, db.updates, async () => {
        if (!(await db.snapshots.get([doc, proven]))) return;
        await db.updates
          .where('[doc+position]')
          .between([doc, MIN_POSITION], [doc, proven], true, true)
          .delete();
        await db.snapshots
          .where('[doc+position]')
          .between([doc, MIN_POSITION], [doc, proven], true, false)
          .delete();
      }),
    async setAside(table, doc, position, reason) {
      const value: unknown = await db.table(table).get(toKey(table, doc, position));
      await quarantine(table, doc, position, reason, value);
    },
    close: async () => db.close(),
  };
}

function toKey(table: RowTable, doc: string, position: Position): Position | [string, Position] {
  return table === 'updates' ? position : [doc, position];
}

function toStoredUpdate(row: unknown): StoredUpdate | null {
  if (typeof row !== 'object' || row === null) return null;
  if (!('bytes' in row && 'checksum' in row && 'position' in row)) return null;
  const { bytes, checksum, position } = row;
  if (!(bytes instanceof Uint8Array) || typeof position !== 'number') return null;
  return toChecksum(bytes) === checksum ? { bytes, position } : null;
}

function toPosition(row: unknown): Position {
  const isKeyed = typeof row === 'object' && row !== null && 'position' in row;
  return isKeyed && typeof row.position === 'number' ? row.position : MIN_POSITION;
}
