/** The incidents on the home screen: the server's directory, and what this phone knows better. */

import type { Table } from 'dexie';
import { readSummary } from '../../shared/domain/read-summary.ts';
import type { HomeRow, IncidentSummary } from '../../shared/domain/summary.ts';
import type { Database, DirectoryEntry } from './database.ts';
import { watchRows } from './live-rows.ts';
import type { PhoneLog } from './phone-log.ts';
import { watchAgain } from './watch-again.ts';
import { ANSWER_MILLIS, withinTime } from './within-time.ts';

export type DirectoryUpdate = {
  readonly rev: number;
  readonly scope: string | null;
  /** What the phone may see has changed: rows from before are none of it. */
  readonly isWhole: boolean;
  readonly rows: readonly {
    readonly id: string;
    readonly number: number;
    readonly summary: unknown;
  }[];
};

/** Where the directory was last read, and under which rights ('' where the server did not say). */
export async function readDirectoryPlace(
  db: Database,
): Promise<{ readonly rev: number; readonly scope: string }> {
  const reading = db.settings.bulkGet(['directoryRev', 'directoryScope']);
  const [rev, scope] = await withinTime(reading, ANSWER_MILLIS);
  return {
    rev: typeof rev?.value === 'number' ? rev.value : 0,
    scope: typeof scope?.value === 'string' ? scope.value : '',
  };
}

/** The next question is for everything. */
export async function forgetDirectoryRev(log: Pick<PhoneLog, 'writeSetting'>): Promise<void> {
  await log.writeSetting('directoryRev', 0);
}

/** Rows and revision together, so that a killed tab asks again for what it did not keep. */
export async function storeDirectory(db: Database, update: DirectoryUpdate): Promise<void> {
  const rows: DirectoryEntry[] = [];
  for (const { id, number, summary } of update.rows) {
    const readable = readSummary(summary);
    if (readable) rows.push({ id, number, summary: readable });
  }
  const storing = db.transaction('rw', db.directory, db.settings, async () => {
    if (update.isWhole) await db.directory.clear();
    await db.directory.bulkPut(rows);
    await db.settings.bulkPut([
      { key: 'directoryRev', value: update.rev },
      { key: 'directoryScope', value: update.scope ?? '' },
    ]);
  });
  await withinTime(storing, ANSWER_MILLIS);
}

/** Every incident this phone knows, told again whenever one changes, in any tab. */
export function watchHomeRows(
  db: Database,
  listener: (rows: readonly HomeRow[]) => void,
  onFailed: (cause: unknown) => void,
): () => void {
  const rows = watchRows<HomeRow>(async () => {
    const [directory, own] = await Promise.all([readEvery(db.directory), readEvery(db.incidents)]);
    return mergeRows(directory, own);
  });
  return watchAgain(rows)(listener, onFailed);
}

/** One row the browser cannot read must not hide the others. Both tables can be derived again. */
async function readEvery<T>(table: Table<T, string>): Promise<readonly T[]> {
  try {
    return await table.toArray();
  } catch {
    const keys = await table.toCollection().primaryKeys();
    const rows = await Promise.all(keys.map((key) => table.get(key).catch(() => undefined)));
    return rows.filter((row) => row !== undefined);
  }
}

/** Of two summaries of one incident the one that knows more is shown. */
function mergeRows(
  directory: readonly DirectoryEntry[],
  own: readonly IncidentSummary[],
): readonly HomeRow[] {
  const byId = new Map<string, HomeRow>();
  for (const { id, number, summary: row } of directory) {
    const summary = readSummary(row);
    if (summary) byId.set(id, { number, summary });
  }
  for (const row of own) {
    const summary = readSummary(row);
    if (!summary) continue;
    const known = byId.get(summary.id);
    if (!known || summary.size > known.summary.size) {
      byId.set(summary.id, { number: known?.number ?? null, summary });
    }
  }
  return [...byId.values()];
}
