/**
 * The store on SQLite, as an append-only log. Musts:
 * 1. One connection on one thread (SQLite up to 3.51.2 can corrupt a WAL that two connections reset).
 * 2. WAL with synchronous=FULL: COMMIT returns when the disk has it, or the power may not fail.
 * 3. Positions are taken inside the transaction that writes the rows, so they become visible in order.
 * 4. Nothing is updated or deleted in `updates`: it is the history.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toChecksum } from '../../shared/doc/checksum.ts';
import type { NewUpdate, Position, StoredDoc, StoredUpdate } from '../../shared/doc/update-log.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { DirectoryRow } from '../../shared/protocol/directory.ts';
import { migrate } from './sqlite-schema.ts';
import type { Batch, Committed, Store } from './store.ts';

/** Opens the database in `dataDir`, making both when missing. `at` for new rows is read from `now`, in ms. */
export function openSqliteStore(dataDir: string, now: () => number): Store {
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(dataDir);
  const db = openDatabase(dataDir, lock);
  const sql = prepare(db);

  function commit({ updates, summaries }: Batch): Committed {
    db.exec('begin immediate');
    try {
      const at = now();
      const positions = updates.map((update) => insertUpdate(update, at));
      for (const summary of summaries) upsertSummary(summary);
      const rev = readRev();
      db.exec('commit');
      return { positions, rev };
    } catch (cause) {
      if (db.isTransaction) db.exec('rollback');
      throw cause;
    }
  }

  function insertUpdate({ doc, bytes }: NewUpdate, at: number): Position {
    const position = toNumber(sql.takePosition.get(doc)?.['head']);
    sql.insertUpdate.run(doc, position, at, toChecksum(bytes), bytes);
    return position;
  }

  function upsertSummary(summary: IncidentSummary): void {
    sql.upsertIncident.run({
      id: summary.id,
      rev: readRev() + 1,
      summary: JSON.stringify(summary),
    });
  }

  function readRev(): number {
    return toNumber(sql.readRev.get()?.['rev']);
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
    const updates = sound(sql.readUpdates.all(doc, snapshot?.position ?? 0));
    return { snapshot, updates, damaged };
  }

  function addSnapshot(doc: string, upTo: Position, bytes: Uint8Array): boolean {
    const newest = sql.newestSnapshot.get(doc)?.['position'];
    if (typeof newest === 'number' && newest >= upTo) return false;
    sql.insertSnapshot.run(doc, upTo, now(), toChecksum(bytes), bytes);
    return true;
  }

  return {
    commit: async (batch) => commit(batch),
    append: async (updates) => commit({ updates, summaries: [] }).positions,
    read: async (doc) => read(doc),
    addSnapshot: async (doc, upTo, bytes) => addSnapshot(doc, upTo, bytes),
    prune: async (doc, proven) => {
      sql.deleteSnapshots.run({ doc, proven });
    },
    readDirectory: async (rev, limit) => sql.readDirectory.all(rev, limit).map(toDirectoryRow),
    directoryRev: async () => readRev(),
    close: async () => {
      db.close();
      lock.close();
    },
  };
}

/** @throws when a newer Logline wrote it; the lock is given back */
function openDatabase(dataDir: string, lock: DatabaseSync): DatabaseSync {
  const db = new DatabaseSync(join(dataDir, 'logline.sqlite'));
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

/**
 * Two servers on one folder would each keep documents in memory that the other changes. A transaction that is never
 * ended holds the lock, and the system lets go of it however the process ends.
 */
function takeLock(dataDir: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDir, 'lock.sqlite'));
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive;');
  } catch (cause) {
    lock.close();
    throw new Error(
      `Another Logline works on DATA_DIR (${dataDir}). Stop that one, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  return lock;
}

type Row = Record<string, unknown>;

function prepare(db: DatabaseSync) {
  return {
    takePosition: db.prepare(
      `insert into docs (doc, head) values (?, 1)
       on conflict (doc) do update set head = head + 1 returning head`,
    ),
    insertUpdate: db.prepare(
      'insert into updates (doc, position, at, checksum, bytes) values (?, ?, ?, ?, ?)',
    ),
    readUpdates: db.prepare(
      'select position, checksum, bytes from updates where doc = ? and position > ? order by position',
    ),
    readSnapshots: db.prepare(
      'select position, checksum, bytes from snapshots where doc = ? order by position desc',
    ),
    newestSnapshot: db.prepare('select max(position) as position from snapshots where doc = ?'),
    insertSnapshot: db.prepare(
      'insert into snapshots (doc, position, at, checksum, bytes) values (?, ?, ?, ?, ?)',
    ),
    deleteSnapshots: db.prepare(
      `delete from snapshots where doc = :doc and position < :proven
       and exists (select 1 from snapshots where doc = :doc and position = :proven)`,
    ),
    readRev: db.prepare('select coalesce(max(rev), 0) as rev from incidents'),
    upsertIncident: db.prepare(
      `insert into incidents (id, number, rev, summary)
       values (:id, (select coalesce(max(number), 0) + 1 from incidents), :rev, :summary)
       on conflict (id) do update set rev = :rev, summary = :summary`,
    ),
    readDirectory: db.prepare(
      'select id, number, rev, summary from incidents where rev > ? order by rev limit ?',
    ),
  };
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
