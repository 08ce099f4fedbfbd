/** What a transaction touched, in the words of the domain. */

import type * as Y from 'yjs';
import type { EntryId } from '../domain/id.ts';
import { PROSE_SECTIONS } from '../domain/section.ts';
import { proseOf, rewritesOf } from './rewrites.ts';
import { entriesOf, factsOf, peopleOf } from './schema.ts';

export type Touched = {
  readonly entries: ReadonlySet<EntryId>;
  readonly facts: boolean;
  readonly people: boolean;
  /** What people wrote into the draft. */
  readonly prose: boolean;
};

type Changed = Y.Transaction['changed'];
type ChangedType = Changed extends Map<infer T, unknown> ? T : never;

export function findTouched(doc: Y.Doc, changed: Changed): Touched {
  const roots = { entries: entriesOf(doc), facts: factsOf(doc), people: peopleOf(doc) };
  const entries = new Set<EntryId>();
  let facts = false;
  let people = false;
  let prose = false;
  for (const [type, keys] of changed) {
    if (isSame(type, roots.facts)) facts = true;
    else if (isSame(type, roots.people)) people = true;
    else if (isSame(type, roots.entries)) {
      for (const key of keys) if (key !== null) entries.add(key);
    } else {
      const id = findIdIn(roots.entries, type);
      if (id !== null) entries.add(id);
      else if (isProse(doc, type)) prose = true;
    }
  }
  return { entries, facts, people, prose };
}

function isProse(doc: Y.Doc, type: ChangedType): boolean {
  const rewrites = rewritesOf(doc);
  if (isSame(type, rewrites) || findIdIn(rewrites, type) !== null) return true;
  return PROSE_SECTIONS.some((section) => isSame(type, proseOf(doc, section)));
}

/** Climbs from a nested type to the row of `root` it belongs to. */
function findIdIn(root: unknown, type: ChangedType): EntryId | null {
  let current: ChangedType | null = type;
  while (current) {
    const parent: ChangedType | null = current.parent;
    if (isSame(parent, root)) return current._item?.parentSub ?? null;
    current = parent;
  }
  return null;
}

/** Yjs types its roots and its events so differently that they only compare as unknowns. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b;
}
