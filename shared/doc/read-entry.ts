/** One entry of the document as the domain knows it: origin, text, and the winning slot of every field. */

import type { EntryOrigin } from '../domain/change.ts';
import { type Claim, isClaim } from '../domain/claim.ts';
import type { Effect } from '../domain/effect.ts';
import {
  type Contest,
  type Edit,
  ENTRY_FIELDS,
  type Entry,
  type EntryField,
  type WordEdit,
} from '../domain/entry.ts';
import type { EntryId } from '../domain/id.ts';
import { isKind } from '../domain/kind.ts';
import { correctOccurred, type Occurred, toSortInstant } from '../domain/occurred.ts';
import { isOutcome, type Outcome } from '../domain/outcome.ts';
import { decodeEffect, decodeOccurred, decodeOrigin } from './origin.ts';
import { bodyOf, type EntryMap, ORIGIN } from './schema.ts';
import { findConcurrent, readSlots, type SlotsByField } from './slots.ts';

/** @returns null for a map that is no entry (yet): its origin is missing or cannot be read */
export function readEntry(id: EntryId, map: EntryMap): Entry | null {
  const origin = decodeOrigin(map.get(ORIGIN));
  if (!origin) return null;
  // Most entries are never edited; two keys mean origin and text and no slot to look for.
  const slots: SlotsByField = map.size > 2 ? readSlots(map) : new Map();
  return toEntry(id, origin, bodyOf(map)?.toString() ?? '', slots);
}

function toEntry(id: EntryId, origin: EntryOrigin, text: string, slots: SlotsByField): Entry {
  const held = readFields(slots);
  const kindName = held.kind ?? origin.kind;
  const occurred = held.time ?? correctOccurred(origin.occurred, origin.clock);
  const edits = readEdits(slots);
  return {
    id,
    kind: isKind(kindName) ? kindName : 'unknown',
    kindName,
    claim: held.claim ?? origin.claim,
    outcome: held.outcome,
    effect: held.effect === undefined ? origin.effect : held.effect,
    text,
    occurred,
    sortAt: toSortInstant(occurred),
    firstOccurred: origin.occurred,
    recorded: origin.recorded,
    clock: origin.clock,
    by: origin.by,
    device: origin.device,
    starred: held.star ? (edits.star ?? null) : null,
    inReport: held.inReport ? (edits.inReport ?? null) : null,
    audience: held.audience,
    retracted: held.retracted ? (edits.retracted ?? null) : null,
    wordEdits: readWordEdits(slots),
    edits,
    contests: readContests(slots),
  };
}

type Held = {
  readonly time: Occurred | null;
  readonly kind: string | null;
  readonly claim: Claim | null;
  readonly outcome: Outcome;
  /** Undefined: never edited. Null: edited away. */
  readonly effect: Effect | null | undefined;
  readonly star: boolean;
  readonly inReport: boolean;
  readonly audience: string | null;
  readonly retracted: boolean;
};

/** The winning value of each field; a value this version cannot read counts as not edited. */
function readFields(slots: SlotsByField): Held {
  const winner = (field: EntryField): unknown => slots.get(field)?.[0]?.value;
  const kind = winner('kind');
  const claim = winner('claim');
  const effect = winner('effect');
  const outcome = winner('outcome');
  const audience = winner('audience');
  return {
    time: decodeOccurred(winner('time')),
    kind: typeof kind === 'string' ? kind : null,
    claim: isClaim(claim) ? claim : null,
    outcome: isOutcome(outcome) ? outcome : 'proposed',
    effect: effect === undefined ? undefined : decodeEffect(effect),
    star: winner('star') === true,
    inReport: winner('inReport') === true,
    audience: typeof audience === 'string' ? audience : null,
    retracted: winner('retracted') === true,
  };
}

function readEdits(slots: SlotsByField): Partial<Record<EntryField, Edit>> {
  const edits: Partial<Record<EntryField, Edit>> = {};
  for (const field of ENTRY_FIELDS) {
    const slot = slots.get(field)?.[0];
    if (slot) edits[field] = { by: slot.by, stamp: slot.stamp };
  }
  return edits;
}

/** Two who type into one line are merged, and each of them changed it. */
function readWordEdits(slots: SlotsByField): readonly WordEdit[] {
  return (slots.get('words') ?? [])
    .map(({ value, stamp, by }) => ({ before: typeof value === 'string' ? value : '', stamp, by }))
    .toReversed();
}

function readContests(slots: SlotsByField): readonly Contest[] {
  const contests: Contest[] = [];
  for (const field of ENTRY_FIELDS) {
    if (field === 'words') continue; // neither lost
    for (const { value, stamp, by } of findConcurrent(slots.get(field) ?? [])) {
      const time = field === 'time' ? decodeOccurred(value) : null;
      const effect = field === 'effect' ? decodeEffect(value) : null;
      contests.push({ field, value, time, effect, stamp, by });
    }
  }
  return contests;
}
