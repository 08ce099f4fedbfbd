/**
 * Copies of the embedded database: one made while the server runs, one put in its place while it does not. A restored
 * server knows less than the phones do; its lineage grows, and with that they may bring back what others wrote too.
 */

import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE, takeLock } from './open-sqlite.ts';
import { migrate } from './sqlite-schema.ts';

/** Only its owner may read it: it holds every incident. */
const PRIVATE = 0o600;

/** A reason in the words of whoever runs the server. */
export class BackupRefused extends Error {}

/**
 * Everything committed when it begins is in the copy, whatever is written meanwhile.
 * @throws BackupRefused when there is nothing to copy, or something stands where the copy should go
 */
export function backUp(dataDir: string, file: string): void {
  const source = join(dataDir, DATABASE_FILE);
  if (!existsSync(source)) throw new BackupRefused(`There is no database in ${dataDir}.`);
  if (existsSync(file)) throw new BackupRefused(`${file} exists. Name a file that does not.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  const db = new DatabaseSync(source, { readOnly: true });
  try {
    db.prepare('vacuum into ?').run(part);
  } finally {
    db.close();
  }
  chmodSync(part, PRIVATE);
  check(part);
  renameSync(part, file);
}

/**
 * The database that was there is kept beside the new one.
 * @param now ms since 1970, for the name of what was there and for the new lineage
 * @returns where the database that was there is now; null: there was none
 * @throws BackupRefused when the file is no whole backup; Error while a server works on the folder
 */
export function restore(dataDir: string, file: string, now: number): string | null {
  check(file);
  mkdirSync(dataDir, { recursive: true });
  const lock = takeLock(dataDir);
  try {
    const part = join(dataDir, `${DATABASE_FILE}.part`);
    copyFileSync(file, part);
    chmodSync(part, PRIVATE);
    beginAnew(part, readStanding(join(dataDir, DATABASE_FILE)), now);
    const kept = setAside(dataDir, now);
    renameSync(part, join(dataDir, DATABASE_FILE));
    return kept;
  } finally {
    lock.close();
  }
}

/** How far a database is; phones have seen as much of it. */
type Standing = { readonly lineage: number; readonly rev: number };

/** Phones may have seen this many changes of the directory since the backup, and more. */
const REVISIONS_PAST = 1_000_000_000;

/**
 * Past everything phones have seen. The lineage is a time where it can be: one backup restored twice is two lineages,
 * and a phone that knows the first has to notice the second. Every row of the directory is new to the phones.
 */
function beginAnew(file: string, replaced: Standing, now: number): void {
  const db = new DatabaseSync(file);
  try {
    migrate(db);
    const lineage = Math.max(now, replaced.lineage + 1, standingOf(db).lineage + 1);
    db.prepare(
      `insert into settings (key, value) values ('lineage', ?)
       on conflict (key) do update set value = excluded.value`,
    ).run(lineage);
    db.prepare('update incidents set rev = rev + ?').run(replaced.rev + REVISIONS_PAST);
    db.exec('pragma journal_mode = delete');
  } finally {
    db.close();
  }
}

/** @returns zeros where there is no database, or none that can be read: it may be the reason for the restore */
function readStanding(file: string): Standing {
  if (!existsSync(file)) return { lineage: 0, rev: 0 };
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      return standingOf(db);
    } finally {
      db.close();
    }
  } catch {
    return { lineage: 0, rev: 0 };
  }
}

function standingOf(db: DatabaseSync): Standing {
  const row = db
    .prepare(
      `select coalesce((select value from settings where key = 'lineage'), 0) as lineage,
              coalesce((select max(rev) from incidents), 0) as rev`,
    )
    .get();
  return { lineage: Number(row?.['lineage']), rev: Number(row?.['rev']) };
}

function setAside(dataDir: string, now: number): string | null {
  const current = join(dataDir, DATABASE_FILE);
  if (!existsSync(current)) return null;
  const name = `${current}.before-${new Date(now).toISOString().replaceAll(':', '-')}`;
  // Its log goes along: it may hold what the file does not yet.
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(current + suffix)) renameSync(current + suffix, name + suffix);
  }
  renameSync(current, name);
  return name;
}

function check(file: string): void {
  if (!existsSync(file)) throw new BackupRefused(`There is no file ${file}.`);
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      const [answer] = db.prepare('pragma integrity_check(1)').all();
      const tables = db.prepare(`select name from sqlite_schema where name = 'updates'`).all();
      if (answer?.['integrity_check'] === 'ok' && tables.length === 1) return;
    } finally {
      db.close();
    }
  } catch (cause) {
    throw new BackupRefused(`${file} cannot be read as a backup.`, { cause });
  }
  throw new BackupRefused(`${file} is damaged, or no backup of Logline.`);
}
