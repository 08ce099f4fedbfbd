/**
 * The port behind which updates are kept: in memory, in IndexedDB on a phone, in SQLite on the server. One contract
 * suite (`tests/support/update-log-contract.ts`) holds for all of them.
 *
 * Positions grow by commit: whoever has read up to a position misses nothing at or below it. That is what lets a
 * snapshot replace rows by position while others go on appending.
 */

export type Position = number;

export type NewUpdate = { readonly doc: string; readonly bytes: Uint8Array };

export type StoredUpdate = { readonly position: Position; readonly bytes: Uint8Array };

export type StoredDoc = {
  /** The newest snapshot that can be read: everything up to and with `position`. */
  readonly snapshot: StoredUpdate | null;
  /** The rows after the snapshot, in order. */
  readonly updates: readonly StoredUpdate[];
  /** Rows that were found damaged and set aside; their content has to come from elsewhere. */
  readonly damaged: number;
};

export type UpdateLog = {
  /** All rows or none; on disk when it resolves. @returns the position of each row, in order */
  append(updates: readonly NewUpdate[]): Promise<readonly Position[]>;
  read(doc: string): Promise<StoredDoc>;
  /**
   * Adds a snapshot that stands for every row up to `upTo`. Removes nothing: the rows stay until `prune`.
   * @returns false, having changed nothing, when there already is a snapshot at or past `upTo`
   */
  addSnapshot(doc: string, upTo: Position, bytes: Uint8Array): Promise<boolean>;
  /** Forgets rows and snapshots that the snapshot at `proven`, read back and decoded, has replaced. */
  prune(doc: string, proven: Position): Promise<void>;
  close(): Promise<void>;
};
