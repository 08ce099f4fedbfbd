/**
 * The tables on the phone. Everything but `updates`, `snapshots`, `waiting`, `drafts`, `settings` and `quarantine`
 * can be derived again and may be thrown away.
 */

import { Dexie, type Table } from 'dexie';
import type { Position } from '../../shared/doc/update-log.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { FirstPaint } from './first-paint.ts';
import type { QuarantineRow, SentRow, WaitingRow } from './phone-log.ts';
import { withinTime } from './within-time.ts';

export type UpdateRow = {
  position?: Position;
  doc: string;
  bytes: Uint8Array;
  checksum: number;
};

export type SnapshotRow = { doc: string; position: Position; bytes: Uint8Array; checksum: number };

/** What the server's directory says of an incident. */
export type DirectoryEntry = {
  id: string;
  number: number;
  summary: IncidentSummary;
};

export class Database extends Dexie {
  declare readonly updates: Table<UpdateRow, Position, UpdateRow>;
  declare readonly snapshots: Table<SnapshotRow, [string, Position]>;
  declare readonly waiting: Table<WaitingRow, Position>;
  declare readonly drafts: Table<Draft, string>;
  declare readonly settings: Table<{ key: string; value: unknown }, string>;
  declare readonly incidents: Table<IncidentSummary, string>;
  declare readonly directory: Table<DirectoryEntry, string>;
  declare readonly firstPaint: Table<FirstPaint, string>;
  declare readonly quarantine: Table<QuarantineRow & { readonly id?: number }, number>;
  declare readonly sent: Table<SentRow, [string, string]>;

  constructor(name: string) {
    // Strict: a transaction completes when the disk has it. Chrome's own default is to answer earlier.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' });
    this.version(1).stores({
      updates: '++position, [doc+position]',
      snapshots: '[doc+position]',
      waiting: 'position, doc',
      drafts: 'key',
      settings: 'key',
      incidents: 'id',
      directory: 'id',
      firstPaint: 'id',
      quarantine: '++id, doc',
    });
    this.version(2).stores({ sent: '[doc+line], doc' });
  }
}

/** A connection that is there answers this in a few ms. */
const PROBE_MILLIS = 3_000;

/**
 * Browsers drop the connection of pages in the background (WebKit) or when another tab upgrades the database.
 * @returns whether the database answers, after opening it anew if it did not
 */
export async function revive(db: Database): Promise<boolean> {
  if (await answers(db)) return true;
  db.close({ disableAutoOpen: false });
  return answers(db);
}

async function answers(db: Database): Promise<boolean> {
  try {
    await withinTime(db.settings.get('alive'), PROBE_MILLIS);
    return true;
  } catch {
    return false; // any failure means the same here: this connection is of no use
  }
}
