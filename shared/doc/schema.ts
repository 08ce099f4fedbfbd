/**
 * What a document holds. One Y.Doc per incident, update format V1. Only ever added to: nothing here is renamed and
 * nothing changes its type, because a phone may come back after months with an older app.
 *
 * | root          | shape |
 * |---------------|-------|
 * | `e` map       | entry id → map: `c` origin tuple (below), `b` text, `<field>@<device>` slots once edited |
 * | `m` map       | incident fields, each in a slot: `title@<device>`, `homeZone@<device>`, `kind@<device>` |
 * | `u` map       | people's names in slots: `<person>@<device>` |
 * | `a` `f` `ev` `r` maps | action items, factors, evidence, risks: id → map of slots |
 * | `s` map       | rewritten statements: fresh id → map |
 * | `p:<section>` text | the prose of a postmortem section, Markdown |
 * | `meta` map    | `schema`, `minReader`, `lineage` |
 *
 * A slot is `[value, stamp, person, seen]` under a key that ends in the writing device (see `slots.ts`). Names sit in flat
 * slots: a map per person would be created twice by two devices of one person, and one of the two would vanish.
 *
 * The origin of an entry is one tuple, written once (keys would cost 90 bytes an entry):
 *
 * | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 |
 * |---|---|---|---|---|---|---|---|---|---|----|----|----|
 * | at ms | until ms or null | zone | precision | basis | kind | claim | effect or null | person | device | recorded ms | clock offset ms or null | its error ms or null |
 *
 * precision, basis, claim: their number in the domain's lists. Effect: `['m', milestone]`, `['sev', 1–4]`,
 * `['st', status]`, `['ro', role, person or null]`, `['sv', service, state]`.
 * An edited time is the first five of these as a tuple.
 */

import * as Y from 'yjs';

/** Raised when a reader must know more to read right, not when something is added. */
export const SCHEMA_VERSION = 1;

export const ORIGIN = 'c';
export const BODY = 'b';

export type EntryMap = Y.Map<unknown>;

export function entriesOf(doc: Y.Doc): Y.Map<EntryMap> {
  return doc.getMap('e');
}

export function factsOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('m');
}

export function peopleOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('u');
}

export function metaOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('meta');
}

export function isEntryMap(value: unknown): value is EntryMap {
  return value instanceof Y.Map;
}

export function bodyOf(entry: EntryMap): Y.Text | null {
  const body = entry.get(BODY);
  return body instanceof Y.Text ? body : null;
}
