/** One line of the timeline as everybody reads it: the latest value of every field, and who last changed it. */

import type { Claim } from './claim.ts';
import type { Effect } from './effect.ts';
import type { Stamp } from './hlc.ts';
import type { DeviceId, EntryId, PersonId } from './id.ts';
import type { AnyKind } from './kind.ts';
import type { Milestone } from './milestone.ts';
import type { ClockReading, Occurred } from './occurred.ts';
import type { Outcome } from './outcome.ts';
import type { Instant } from './time.ts';

/** The fields of an entry that can be changed after it was logged. */
export const ENTRY_FIELDS = [
  'time',
  'kind',
  'claim',
  'effect',
  'star',
  'inReport',
  'audience',
  'retracted',
  'words',
  'outcome',
] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];

/** Who changed a field and when, by hybrid clock. */
export type Edit = { readonly by: PersonId; readonly stamp: Stamp };

/** A value that lost to a later one written elsewhere at the same time. It stays readable. */
export type Contest = Edit & {
  readonly field: EntryField;
  readonly value: unknown;
  /** The value, where the field is the time and it can be read. */
  readonly time: Occurred | null;
  /** The value, where the field is the effect and it can be read. */
  readonly effect: Effect | null;
};

/** The words were changed; `before` is how they read then. */
export type WordEdit = Edit & { readonly before: string };

export type Entry = {
  readonly id: EntryId;
  readonly kind: AnyKind;
  /** As stored; differs from `kind` only when that is `unknown`. */
  readonly kindName: string;
  readonly claim: Claim;
  /** Of a hypothesis; of any other entry nobody asks. */
  readonly outcome: Outcome;
  readonly effect: Effect | null;
  readonly text: string;
  /** Corrected by the author's clock offset and by later edits of the time. */
  readonly occurred: Occurred;
  /** Its place in the order: `toSortInstant(occurred)`, kept because sorting asks for it again and again. */
  readonly sortAt: Instant;
  /** As first written, before any edit and any correction. */
  readonly firstOccurred: Occurred;
  /** When the author's phone stored it, by that phone's clock. */
  readonly recorded: Instant;
  readonly clock: ClockReading;
  readonly by: PersonId;
  readonly device: DeviceId;
  readonly starred: Edit | null;
  readonly inReport: Edit | null;
  readonly audience: string | null;
  /** The last time each device changed the words, the oldest first. */
  readonly wordEdits: readonly WordEdit[];
  /** Struck out, never deleted. */
  readonly retracted: Edit | null;
  /** Every field that somebody changed after logging, with its latest edit. */
  readonly edits: Readonly<Partial<Record<EntryField, Edit>>>;
  readonly contests: readonly Contest[];
};

export function toMilestone(entry: Entry): Milestone | null {
  return entry.effect?.type === 'milestone' ? entry.effect.milestone : null;
}

/** Logged as one, or said to be one. */
export function isHypothesis({ kind, claim }: Pick<Entry, 'kind' | 'claim'>): boolean {
  return kind === 'hypothesis' || claim === 'hypothesis';
}
