/**
 * The port behind which a phone keeps everything an open incident needs: Dexie in the browser. One contract suite
 * (`tests/support/phone-log-contract.ts`) holds for every implementation.
 */

import type { NewUpdate, Position, UpdateLog } from '../../shared/doc/update-log.ts';
import type { Draft, SpentDraft } from '../../shared/domain/draft.ts';
import type { EntryId } from '../../shared/domain/id.ts';
import type { IncidentSummary } from '../../shared/domain/summary.ts';
import type { FirstPaint } from './first-paint.ts';

/**
 * An update made on this phone, in whatever tab, with the lines it touched and the draft it was made from. Without
 * lines it is kept, and not marked.
 */
export type LocalUpdate = NewUpdate & {
  readonly lines: readonly EntryId[];
  readonly spentDraft: SpentDraft | null;
};

/** A local change that the server has not confirmed, by the position of its update. */
export type WaitingRow = { position: Position; doc: string; lines: readonly string[] };

/** Stands in a row for whatever is no line: the title, what people wrote into the draft. */
export const NO_LINE: EntryId = 'rest';

/** Stands where it could not be read which lines wait: any may be among them. */
export const ANY_LINE: EntryId = 'any';

/** Where in the server's log a line of this phone arrived: whoever has read that far has seen it. */
export type SentRow = { doc: string; line: string; position: Position };

export type RowTable = 'updates' | 'snapshots';

/**
 * Told the rows as they are, soon, and again after each change, in any tab, until it fails. @returns a function that
 * ends it
 */
export type Watch<Row> = (
  listener: (rows: readonly Row[]) => void,
  onFailed: (cause: unknown) => void,
) => () => void;

/** Whatever was there and could not be read, kept so that it can be exported. */
export type QuarantineRow = {
  /** Rows that were set aside by an older release do not say. */
  readonly table?: RowTable;
  readonly doc: string;
  readonly position: Position;
  readonly reason: string;
  readonly value: unknown;
};

export type PhoneLog = UpdateLog & {
  /**
   * Like `append`; in the same transaction the lines are marked as not on the server and spent drafts are removed, so
   * that what was written is at every moment either a draft or a line.
   */
  appendLocal(updates: readonly LocalUpdate[]): Promise<readonly Position[]>;
  /** Sets a row aside whose checksum is right but whose content is not. */
  setAside(table: RowTable, doc: string, position: Position, reason: string): Promise<void>;
  readQuarantine(): Promise<readonly QuarantineRow[]>;
  clearQuarantine(): Promise<void>;
  /** Opens the database anew if it does not answer. @returns whether it answers now */
  revive(): Promise<boolean>;

  readWaiting(doc: string): Promise<readonly WaitingRow[]>;
  /** Of one incident, or of all. */
  watchWaiting(doc: string | null): Watch<WaitingRow>;
  /** The server has what these rows stand for. */
  forgetWaiting(positions: readonly Position[]): Promise<void>;

  watchSent(doc: string): Watch<SentRow>;
  noteSent(rows: readonly SentRow[]): Promise<void>;
  /** Of every incident: the log they arrived in is gone. */
  forgetSent(): Promise<void>;

  /** Every incident that has an update or a snapshot here. */
  readDocs(): Promise<readonly string[]>;

  readDraft(key: string): Promise<Draft | null>;
  /** Those whose key begins like that. */
  readDrafts(prefix: string): Promise<readonly Draft[]>;
  writeDraft(draft: Draft): Promise<void>;
  /** Writes a draft in the place of the one at `from`, both or neither. */
  moveDraft(from: string, draft: Draft): Promise<void>;

  readSetting(key: string): Promise<unknown>;
  writeSetting(key: string, value: unknown): Promise<void>;
  /** Writes it unless there is one, whatever other tabs do. @returns what is there then */
  makeSetting(key: string, value: unknown): Promise<unknown>;

  /** Rows that can be derived again. */
  keepSummary(summary: IncidentSummary): Promise<void>;
  readFirstPaint(doc: string): Promise<FirstPaint | null>;
  keepFirstPaint(paint: FirstPaint): Promise<void>;
};
