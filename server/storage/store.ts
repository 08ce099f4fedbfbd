/**
 * What the server keeps: the update log of every incident with who brought what, and the directory derived from it.
 * A port: SQLite today. One contract suite (`tests/support/store-contract.ts`) holds for every implementation.
 */

import type { NewUpdate, Position, UpdateLog } from '../../shared/doc/update-log.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { DirectoryRow } from '../../shared/protocol/directory.ts';
import type { LogRow } from '../../shared/protocol/log-rows.ts';

/** Who brought an update: ids, empty where a client said none. `device` is a hash of the app's secret. */
export type Actor = { readonly person: string; readonly device: string };

export type LoggedUpdate = NewUpdate & {
  readonly actor: Actor;
  /** Brought on behalf of others. */
  readonly isRelayed: boolean;
};

/** A Yjs client id belongs to the device that first delivered it. */
export type Binding = {
  readonly doc: string;
  readonly client: number;
  readonly device: string;
};

/** Everything in it is committed together or not at all. */
export type Batch = {
  readonly updates: readonly LoggedUpdate[];
  readonly bindings: readonly Binding[];
  /** At most one per incident. */
  readonly summaries: readonly IncidentSummary[];
};

export type Committed = {
  /** One for each update, in order. */
  readonly positions: readonly Position[];
  /** The directory's revision after the batch. */
  readonly rev: number;
};

/** A verified snapshot for every row up to `upTo`, and those rows, packed, for the archive. */
export type Compaction = {
  readonly doc: string;
  readonly upTo: Position;
  readonly snapshot: Uint8Array;
  /** Rows as `encodeLogRows` writes them, gzipped. */
  readonly packedRows: Uint8Array;
};

/** How far the log of an incident goes, and how much of it no archive holds yet. */
export type LogSize = {
  readonly position: Position;
  readonly rows: number;
  /** Of the newest snapshot and the rows. */
  readonly bytes: number;
  readonly snapshotBytes: number;
};

export type Store = UpdateLog & {
  /** On disk when it resolves; rejects having changed nothing. */
  commit(batch: Batch): Promise<Committed>;
  readSize(doc: string): Promise<LogSize>;
  /** The rows that no snapshot stands for yet, with who brought them. */
  readRows(doc: string): Promise<readonly LogRow[]>;
  /**
   * Puts a snapshot in the place of rows and of older snapshots; the rows move to the archive. All of it or nothing.
   * @returns false, having changed nothing, when a snapshot at or past `upTo` is there already
   */
  compact(compaction: Compaction): Promise<boolean>;
  /** Every row there ever was, oldest first: archive and log. */
  readHistory(doc: string): Promise<readonly LogRow[]>;
  readBindings(doc: string): Promise<readonly Binding[]>;
  /** Rows of the directory that changed after `rev`, oldest change first. */
  readDirectory(rev: number, limit: number): Promise<readonly DirectoryRow[]>;
  /** What the directory says of one incident; null when it does not know it. */
  readSummary(doc: string): Promise<unknown>;
  /** The revision of the newest row, 0 when there is none. */
  directoryRev(): Promise<number>;
  /** Incidents with updates that their directory row does not know of, as after a kill. */
  readUnsummarized(): Promise<readonly string[]>;
  /** How far each person has read; of two positions the larger stays. */
  writeSeen(doc: string, positions: ReadonlyMap<string, Position>): Promise<void>;
  readSeen(doc: string): Promise<ReadonlyMap<string, Position>>;
  /** 0, and grows each time a backup is restored, also when it is the same one again. */
  readLineage(): Promise<number>;
};
