/**
 * Reads a document as it changes. A change names the entries it touched; only those are read again and moved to
 * their place, so one new line among ten thousand costs one line. Where nobody listens, they are read when somebody
 * asks: a server that only hands changes on reads none of them.
 */

import type * as Y from 'yjs';
import type { Entry } from '../domain/entry.ts';
import type { EntryId, PersonId } from '../domain/id.ts';
import { type IncidentFacts, type IncidentState, toIncidentState } from '../domain/incident.ts';
import { compareEntries, findPlace } from '../domain/order.ts';
import type { Prose } from '../domain/rewrite.ts';
import { readEntry } from './read-entry.ts';
import { readFacts, readPeople } from './read-incident.ts';
import { readProse } from './rewrites.ts';
import { entriesOf, isEntryMap } from './schema.ts';
import { findTouched } from './touched.ts';

export type ReadChange = {
  /** Entries that are new or differ. */
  readonly entries: ReadonlySet<EntryId>;
  /** The list itself changed: an entry came, went or moved. */
  readonly order: boolean;
  /** Severity, status, clock, roles or spans may have changed. */
  readonly state: boolean;
  readonly facts: boolean;
  readonly people: boolean;
  /** What people wrote into the draft. */
  readonly prose: boolean;
};

export type IncidentReader = {
  entry(id: EntryId): Entry | undefined;
  /** Every entry, retracted ones too, in timeline order. A new array after each change. */
  timeline(): readonly Entry[];
  facts(): IncidentFacts;
  state(): IncidentState;
  personName(person: PersonId): string | undefined;
  /** What people wrote into the draft; the same object until they write again. */
  prose(): Prose;
  /** @returns a function that stops listening */
  subscribe(listener: (change: ReadChange) => void): () => void;
  stop(): void;
};

/** Above this many entries at once, sorting everything is cheaper than placing one by one. */
const BULK = 256;

export function createReader(doc: Y.Doc): IncidentReader {
  const byId = new Map<EntryId, Entry>();
  const listeners = new Set<(change: ReadChange) => void>();
  let timeline: readonly Entry[] = [];
  let facts = readFacts(doc);
  let people = readPeople(doc);
  let state: IncidentState | null = null;
  let prose: Prose | null = null;
  /** Touched since they were read last. */
  let unread = new Set<EntryId>(entriesOf(doc).keys());

  function catchUp(): { order: boolean; state: boolean } {
    if (unread.size === 0) return { order: false, state: false };
    const ids = unread;
    unread = new Set();
    return readMany(ids);
  }

  function readAgain(id: EntryId): { before: Entry | undefined; after: Entry | undefined } {
    const before = byId.get(id);
    const map = entriesOf(doc).get(id);
    const after = (isEntryMap(map) ? readEntry(id, map) : null) ?? undefined;
    if (after) byId.set(id, after);
    else byId.delete(id);
    return { before, after };
  }

  function readMany(ids: ReadonlySet<EntryId>): { order: boolean; state: boolean } {
    let order = false;
    let hasEffect = false;
    const isBulk = ids.size > BULK;
    for (const id of ids) {
      const { before, after } = readAgain(id);
      if (before?.effect || after?.effect) hasEffect = true;
      if (before && after && compareEntries(before, after) === 0) {
        if (!isBulk) timeline = replaceEntry(timeline, before, after);
        continue;
      }
      if (before || after) order = true;
      if (!isBulk) timeline = moveEntry(timeline, before, after);
    }
    if (isBulk) timeline = [...byId.values()].sort(compareEntries);
    if (hasEffect) state = null;
    return { order, state: hasEffect };
  }

  function onTransaction(transaction: Y.Transaction): void {
    const touched = findTouched(doc, transaction.changed);
    const isNothing = !touched.facts && !touched.people && !touched.prose;
    if (touched.entries.size === 0 && isNothing) return;
    if (touched.prose) prose = null;
    if (touched.facts) facts = readFacts(doc);
    if (touched.people) people = readPeople(doc);
    for (const id of touched.entries) unread.add(id);
    if (listeners.size === 0) return;
    const change = { ...touched, ...catchUp() };
    for (const listener of listeners) listener(change);
  }

  readProse(doc); // a root that is first asked for after it was written to is not the one that told of it
  doc.on('afterTransaction', onTransaction);

  return {
    entry: (id) => {
      catchUp();
      return byId.get(id);
    },
    timeline: () => {
      catchUp();
      return timeline;
    },
    facts: () => facts,
    state: () => {
      catchUp();
      state ??= toIncidentState(timeline);
      return state;
    },
    personName: (person) => people.get(person),
    prose: () => {
      prose ??= readProse(doc);
      return prose;
    },
    subscribe: (listener) => {
      catchUp();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => doc.off('afterTransaction', onTransaction),
  };
}

function replaceEntry(sorted: readonly Entry[], before: Entry, after: Entry): readonly Entry[] {
  return sorted.with(indexOfEntry(sorted, before), after);
}

function moveEntry(
  sorted: readonly Entry[],
  before: Entry | undefined,
  after: Entry | undefined,
): readonly Entry[] {
  const without = before ? sorted.toSpliced(indexOfEntry(sorted, before), 1) : sorted;
  return after ? without.toSpliced(findPlace(without, after), 0, after) : without;
}

/** The order is total, so the place after an entry tells where the entry is. */
function indexOfEntry(sorted: readonly Entry[], entry: Entry): number {
  return findPlace(sorted, entry) - 1;
}
