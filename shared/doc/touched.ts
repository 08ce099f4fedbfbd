/** What a transaction touched, in the words of the domain. */

import type * as Y from 'yjs';
import type { EntryId } from '../domain/id.ts';
import { entriesOf, factsOf, peopleOf } from './schema.ts';

export type Touched = {
  readonly entries: ReadonlySet<EntryId>;
  readonly facts: boolean;
  readonly people: boolean;
};

type Changed = Y.Transaction['changed'];
type ChangedType = Changed extends Map<infer T, unknown> ? T : never;

export function findTouched(doc: Y.Doc, changed: Changed): Touched {
  const roots = { entries: entriesOf(doc), facts: factsOf(doc), people: peopleOf(doc) };
  const entries = new Set<EntryId>();
  let facts = false;
  let people = false;
  for (const [type, keys] of changed) {
    if (isSame(type, roots.facts)) facts = true;
    else if (isSame(type, roots.people)) people = true;
    else if (isSame(type, roots.entries)) {
      for (const key of keys) if (key !== null) entries.add(key);
    } else {
      const id = findEntryOf(type, roots.entries);
      if (id !== null) entries.add(id);
    }
  }
  return { entries, facts, people };
}

/** Climbs from a nested type to the entry it belongs to. */
function findEntryOf(type: ChangedType, entries: unknown): EntryId | null {
  let current: ChangedType | null = type;
  while (current) {
    const parent: ChangedType | null = current.parent;
    if (isSame(parent, entries)) return current._item?.parentSub ?? null;
    current = parent;
  }
  return null;
}

/** Yjs types its roots and its events so differently that they only compare as unknowns. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b;
}
