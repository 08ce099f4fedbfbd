/**
 * What the server keeps: the update log of every incident, and the directory derived from it. A port: SQLite today.
 * Updates and directory rows of one batch are committed together or not at all.
 */

import type { NewUpdate, Position, UpdateLog } from '../../shared/doc/update-log.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { DirectoryRow } from '../../shared/protocol/directory.ts';

export type Batch = {
  readonly updates: readonly NewUpdate[];
  /** At most one per incident. */
  readonly summaries: readonly IncidentSummary[];
};

export type Committed = {
  /** One for each update, in order. */
  readonly positions: readonly Position[];
  /** The directory's revision after the batch. */
  readonly rev: number;
};

export type Store = UpdateLog & {
  /** On disk when it resolves; rejects having changed nothing. */
  commit(batch: Batch): Promise<Committed>;
  /** Rows that changed after `rev`, oldest change first. */
  readDirectory(rev: number, limit: number): Promise<readonly DirectoryRow[]>;
  /** The revision of the newest row, 0 when there is none. */
  directoryRev(): Promise<number>;
};
