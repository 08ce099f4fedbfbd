/**
 * The store on SQLite, as an append-only log. Musts:
 * 1. One connection on one thread (SQLite up to 3.51.2 can corrupt a WAL that two connections reset).
 * 2. WAL with synchronous=FULL: COMMIT returns when the disk has it, or the power may not fail.
 * 3. Positions are taken inside the transaction that writes the rows, so they become visible in order.
 * 4. A row leaves `updates` only for the archive, together with the snapshot that stands for it.
 */

import type { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { toChecksum } from '../../shared/doc/checksum.ts';
import type { NewUpdate, Position, StoredDoc, StoredUpdate } from '../../shared/doc/update-log.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { DirectoryRow } from '../../shared/protocol/directory.ts';
import { decodeLogRows, type LogRow } from '../../shared/protocol/log-rows.ts';
import { prepare } from './sqlite-statements.ts';
import type { Batch, Binding, Committed, Compaction, LoggedUpdate, Store } from './store.ts';

const NOBODY = { person: '', device: '' };

/**
 * @param db migrated, and nobody else's; `close` is called when the store closes
 * @param now ms since 1970, for the rows
 */
export function createSqliteStore(db: DatabaseSync, now: () => number, close: () => void): Store {
  const sql = prepare(db);
  let rev = toNumber(sql.readRev.get()?.['rev']);

  function transact<T>(act: () => T): T {
    sql.begin.run();
    try {
      const result = act();
      sql.commit.run();
      return result;
    } catch (cause) {
      if (db.isTransaction) db.exec('rollback');
      throw cause;
    }
  }

  function commit({ updates, bindings, summaries }: Batch): Committed {
    const at = now();
    let next = rev;
    const positions = transact(() => {
      const taken = updates.map((update) => insertUpdate(update, at));
      for (const { doc, client, device } of bindings) sql.insertClient.run(doc, client, device);
      for (const summary of summaries) {
        next += 1;
        upsertSummary(summary, next);
      }
      return taken;
    });
    rev = next;
    return { positions, rev };
  }

  function insertUpdate({ doc, bytes, actor, isRelayed }: LoggedUpdate, at: number): Position {
    const position = toNumber(sql.takePosition.get(doc)?.['head']);
    const { person, device } = actor;
    const relayed = isRelayed ? 1 : 0;
    sql.insertUpdate.run(doc, position, at, toChecksum(bytes), bytes, person, device, relayed);
    return position;
  }

  function upsertSummary(summary: IncidentSummary, newRev: number): void {
    const { id } = summary;
    sql.upsertIncident.run({ id, rev: newRev, summary: JSON.stringify(summary) });
    sql.markSummarized.run(id);
  }

  function read(doc: string): StoredDoc {
    let damaged = 0;
    const sound = (rows: readonly Row[]): StoredUpdate[] => {
      const whole = rows.map(toStoredUpdate).filter((row) => row !== null);
      damaged += rows.length - whole.length;
      return whole;
    };
    // Newest first, and no further than needed: each is a whole document.
    let snapshot: StoredUpdate | null = null;
    for (const row of sql.readSnapshots.iterate(doc)) {
      [snapshot = null] = sound([row]);
      if (snapshot) break;
    }
    const after = snapshot?.position ?? 0;
    // What a damaged snapshot stood for is in the archive still.
    const archived = damaged > 0 ? readArchive(doc).filter((row) => row.position > after) : [];
    const updates = [...archived, ...sound(sql.readUpdates.all(doc, after))];
    return { snapshot, updates, damaged };
  }

  function addSnapshot(doc: string, upTo: Position, bytes: Uint8Array): boolean {
    const newest = sql.newestSnapshot.get(doc)?.['position'];
    if (typeof newest === 'number' && newest >= upTo) return false;
    sql.insertSnapshot.run(doc, upTo, now(), toChecksum(bytes), bytes);
    return true;
  }

  function compact({ doc, upTo, snapshot, packedRows }: Compaction): boolean {
    return transact(() => {
      if (!addSnapshot(doc, upTo, snapshot)) return false;
      sql.insertArchive.run(doc, upTo, toChecksum(packedRows), packedRows);
      sql.deleteUpdates.run(doc, upTo);
      sql.deleteSnapshots.run({ doc, proven: upTo });
      return true;
    });
  }

  function readArchive(doc: string): readonly LogRow[] {
    return sql.readArchive
      .all(doc)
      .map(toStoredUpdate)
      .flatMap((packed) => (packed ? decodeLogRows(gunzipSync(packed.bytes)) : []));
  }

  function readRows(doc: string): readonly LogRow[] {
    return sql.readRows.all(doc).flatMap((row) => toLogRow(row) ?? []);
  }

  return {
    commit: async (batch) => commit(batch),
    append: async (updates) =>
      commit({ updates: updates.map(toUnsigned), bindings: [], summaries: [] }).positions,
    read: async (doc) => read(doc),
    readSize: async (doc) => {
      const size = sql.readSize.get({ doc });
      const snapshotBytes = toNumber(size?.['snapshotBytes']);
      return {
        position: toNumber(size?.['position'] ?? 0),
        rows: toNumber(size?.['rows']),
        bytes: toNumber(size?.['rowBytes']) + snapshotBytes,
        snapshotBytes,
      };
    },
    readRows: async (doc) => readRows(doc),
    addSnapshot: async (doc, upTo, bytes) => addSnapshot(doc, upTo, bytes),
    prune: async (doc, proven) => {
      sql.deleteSnapshots.run({ doc, proven });
    },
    compact: async (compaction) => compact(compaction),
    readHistory: async (doc) => {
      const archived = readArchive(doc);
      const after = archived.at(-1)?.position ?? 0;
      return [...archived, ...readRows(doc).filter((row) => row.position > after)];
    },
    readBindings: async (doc) => sql.readClients.all(doc).map(toBinding),
    readDirectory: async (since, limit) => sql.readDirectory.all(since, limit).map(toDirectoryRow),
    readSummary: async (doc) => {
      const row = sql.readSummary.get(doc);
      return row ? JSON.parse(String(row['summary'])) : null;
    },
    directoryRev: async () => rev,
    readUnsummarized: async () => sql.readUnsummarized.all().map((row) => String(row['doc'])),
    writeSeen: async (doc, positions) =>
      transact(() => {
        for (const [person, position] of positions) sql.writeSeen.run(doc, person, position);
      }),
    readSeen: async (doc) =>
      new Map(
        sql.readSeen.all(doc).map((row) => [String(row['person']), toNumber(row['position'])]),
      ),
    readLineage: async () => toNumber(sql.readSetting.get('lineage')?.['value'] ?? 0),
    close: async () => close(),
  };
}

type Row = Record<string, unknown>;

function toUnsigned(update: NewUpdate): LoggedUpdate {
  return { ...update, actor: NOBODY, isRelayed: false };
}

function toLogRow(row: Row): LogRow | null {
  const stored = toStoredUpdate(row);
  return (
    stored && {
      ...stored,
      at: toNumber(row['at']),
      person: String(row['person']),
      device: String(row['device']),
      isRelayed: row['relayed'] === 1,
    }
  );
}

function toBinding({ doc, client, device }: Row): Binding {
  return { doc: String(doc), client: toNumber(client), device: String(device) };
}

function toStoredUpdate({ position, checksum, bytes }: Row): StoredUpdate | null {
  if (!(bytes instanceof Uint8Array) || toChecksum(bytes) !== checksum) return null;
  return { position: toNumber(position), bytes };
}

function toDirectoryRow({ id, number, rev, summary }: Row): DirectoryRow {
  return {
    id: String(id),
    number: toNumber(number),
    rev: toNumber(rev),
    summary: JSON.parse(String(summary)),
  };
}

function toNumber(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`Expected a number from SQLite, got ${value}`);
  return value;
}
