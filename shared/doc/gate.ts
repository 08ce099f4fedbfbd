/**
 * The gate: what an update from outside would do to a document, found out before it may. Yjs integrates whatever it is
 * sent, by the kilobyte and by the gigabyte, and a throw in the middle leaves half of it behind; so everything this
 * schema never writes is refused here, with the name of what was wrong.
 *
 * The words of a line are everybody's to mend, but not without a note of how they read before: whoever changes them
 * writes a `words` slot first.
 *
 * A wrong wall clock is no reason to refuse anything: the clocks that are bounded here count a client's own structs.
 */

import * as Y from 'yjs';
import { type DecodedUpdate, decodeStructs } from './decode-structs.ts';
import { type Container, createPlaces, type Place, type Struct } from './place.ts';
import { BODY, entriesOf, ORIGIN } from './schema.ts';

export type Refusal =
  | 'unreadable'
  | 'tooManyStructs'
  | 'foreignPlace'
  | 'foreignContent'
  | 'overwrites'
  | 'deletesLines'
  | 'unsignedWords'
  | 'impossibleClock'
  | 'tooManyLines';

export type Inspection =
  | { readonly ok: false; readonly why: Refusal }
  | {
      readonly ok: true;
      /** Clients whose structs are new to the document. */
      readonly clients: readonly number[];
      /** Something in it waits for what is not here. Of that nothing is known yet; it must not stay in the document. */
      readonly hasGap: boolean;
      /** It would change the document. */
      readonly isNews: boolean;
      /** All of it is new, and none of it waits: the bytes can be kept and handed on as they came. */
      readonly isWhollyNew: boolean;
    };

const MAX_CLOCK = 2 ** 40;
const WORDS_SLOT = 'words@';
const MAX_KEY_CHARS = 256;
const MAX_VALUE_DEPTH = 8;
export const MAX_ENTRIES = 20_000;

export function inspectUpdate(doc: Y.Doc, update: Uint8Array): Inspection {
  const decoded = decodeStructs(update);
  if (typeof decoded === 'string') return refuse(decoded);
  const { byClient } = decoded;

  const places = createPlaces(doc, byClient);
  const clients: number[] = [];
  const taken = new Set<string>();
  /** Lines that this update says are reworded, and texts of lines it changes. */
  const noted = createNotes();
  const changed: Place[] = [];
  let hasGap = false;
  let isWhollyNew = true;
  let entries = entriesOf(doc)._map.size;
  for (const [client, own] of byClient) {
    const state = Y.getState(doc.store, client);
    const [first] = own;
    const last = own.at(-1);
    if (!first || !last) continue;
    const end = last.id.clock + last.length;
    if (end > MAX_CLOCK) return refuse('impossibleClock');
    if (first.id.clock > state) hasGap = true;
    if (first.id.clock !== state) isWhollyNew = false;
    // Yjs looks up the neighbours of what it knows already, too.
    if (own.some(namesWhatComesLater)) return refuse('impossibleClock');
    if (end <= state) continue;
    clients.push(client);
    for (const struct of own) {
      if (struct.id.clock + struct.length <= state) continue;
      if (struct instanceof Y.Skip) {
        hasGap = true;
        continue;
      }
      if (!(struct instanceof Y.Item)) return refuse('foreignContent');
      const place = places.placeOf(struct);
      if (place.container === 'missing') {
        hasGap = true;
        continue;
      }
      const why = findFault(struct, place, taken);
      if (why) return refuse(why);
      if (place.container === 'rows' && isEntries(doc, place)) entries += 1;
      if (place.container === 'row' && place.key?.startsWith(WORDS_SLOT) && place.type) {
        noted.add(place.type);
      }
      if (place.container === 'text' && isWordsOfOther(doc, place.type, client))
        changed.push(place);
    }
  }
  if (entries > MAX_ENTRIES) return refuse('tooManyLines');

  if (changed.some(({ type }) => !noted.has(type?._item?.parent))) return refuse('unsignedWords');
  const deletions = inspectDeletions(doc, decoded, noted);
  if (typeof deletions === 'string') return refuse(deletions);
  hasGap ||= deletions.hasGap || hasMissingNeighbours(doc, byClient);
  return {
    ok: true,
    clients,
    hasGap,
    isNews: clients.length > 0 || deletions.isNews,
    isWhollyNew: isWhollyNew && !hasGap && deletions.isWhollyNew,
  };
}

function refuse(why: Refusal): Inspection {
  return { ok: false, why };
}

/** Yjs takes it for granted that what a client names of its own came before. */
function namesWhatComesLater(struct: Struct): boolean {
  if (struct.length === 0) return true;
  if (!(struct instanceof Y.Item)) return false;
  const { id, origin, rightOrigin, parent } = struct;
  const named: readonly unknown[] = [origin, rightOrigin, parent];
  return named.some(
    (other) => other instanceof Y.ID && other.client === id.client && other.clock >= id.clock,
  );
}

type Rule = (item: Y.Item, place: Place) => boolean;

const HOLDS: Readonly<Record<Container, Rule>> = {
  rows: ({ content }, { key }) =>
    key !== null && content instanceof Y.ContentType && content.type instanceof Y.Map,
  fields: ({ content }, { key }) => key !== null && isValue(content),
  row: ({ content }, { key }) =>
    key !== null &&
    (isValue(content) || (content instanceof Y.ContentType && content.type instanceof Y.Text)),
  text: ({ content }, { key }) =>
    key === null && (content instanceof Y.ContentString || content instanceof Y.ContentDeleted),
  missing: () => true,
  nowhere: () => false,
};

/** @param taken places this update has filled that are filled once */
function findFault(item: Y.Item, place: Place, taken: Set<string>): Refusal | null {
  const { container, key, type } = place;
  if (container === 'nowhere') return 'foreignPlace';
  if (!HOLDS[container](item, place)) return 'foreignContent';
  if (key === null) return null;
  if (key.length > MAX_KEY_CHARS) return 'foreignPlace';
  const isFilledOnce =
    container === 'rows' ||
    item.content instanceof Y.ContentType ||
    (container === 'row' && (key === ORIGIN || key === BODY));
  if (!isFilledOnce) return null;
  // A neighbour in a map is what was there before. A type that is not in the document yet is named by who made it.
  if (item.origin || item.rightOrigin || type?._map.has(key)) return 'overwrites';
  const name = `${toName(item)}/${key}`;
  if (taken.has(name)) return 'overwrites';
  taken.add(name);
  return null;
}

function toName({ parent }: Y.Item): string {
  if (typeof parent === 'string') return parent;
  return parent instanceof Y.ID ? `${parent.client}:${parent.clock}` : '';
}

function isValue(content: Y.Item['content']): boolean {
  if (content instanceof Y.ContentDeleted || content instanceof Y.ContentString) return true;
  return content instanceof Y.ContentAny && content.arr.every((value) => isShallow(value, 0));
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Uint8Array) return false; // bytes are in no field
  if (depth >= MAX_VALUE_DEPTH) return false;
  return Object.values(value).every((inner) => isShallow(inner, depth + 1));
}

function isEntries(doc: Y.Doc, { type }: Place): boolean {
  return type === doc.share.get('e');
}

type Deletions = {
  readonly hasGap: boolean;
  readonly isNews: boolean;
  readonly isWhollyNew: boolean;
};

/** Letters and replaced values are deleted; lines, their words and their origins never. */
function inspectDeletions(
  doc: Y.Doc,
  { ds, byClient }: DecodedUpdate,
  noted: Notes,
): Deletions | Refusal {
  let hasGap = false;
  let isNews = false;
  let isWhollyNew = true;
  for (const [client, ranges] of ds.clients) {
    const state = Y.getState(doc.store, client);
    const arriving = byClient.get(client)?.at(-1);
    const end = Math.max(state, arriving ? arriving.id.clock + arriving.length : 0);
    const structs = doc.store.clients.get(client) ?? [];
    for (const { clock, len } of ranges) {
      if (len === 0) return 'impossibleClock';
      if (clock + len > end) hasGap = true;
      if (clock >= state) continue;
      for (let i = Y.findIndexSS(structs, clock); i < structs.length; i += 1) {
        const struct = structs[i];
        if (!struct || struct.id.clock >= clock + len) break;
        if (struct.deleted) isWhollyNew = false;
        else if (struct instanceof Y.Item && isKept(struct)) return 'deletesLines';
        else if (struct instanceof Y.Item && isUnsigned(doc, struct, noted)) return 'unsignedWords';
        else isNews = true;
      }
    }
  }
  return { hasGap, isNews, isWhollyNew };
}

/**
 * Words somebody else wrote into a line, in the document already.
 * @param client who changes them
 */
function isWordsOfOther(doc: Y.Doc, type: Place['type'], client: number): boolean {
  return type?._item?.parent instanceof Y.Map && isLine(doc, type._item.parent)
    ? type._item.id.client !== client
    : false;
}

function isLine(doc: Y.Doc, row: Y.Map<unknown>): boolean {
  return row._item?.parent === doc.share.get('e');
}

type Notes = { add(row: unknown): void; has(row: unknown): boolean };

/** A row may have as many slots as an attacker has patience: each row is looked through once. */
function createNotes(): Notes {
  const known = new Map<unknown, boolean>();
  return {
    add: (row) => known.set(row, true),
    has(row) {
      const seen = known.get(row);
      if (seen !== undefined) return seen;
      const found =
        row instanceof Y.Map && [...row._map.keys()].some((key) => key.startsWith(WORDS_SLOT));
      known.set(row, found);
      return found;
    },
  };
}

/** Letters of a line whose words nobody said they change; who deletes is not in an update, so nobody is exempt. */
function isUnsigned(doc: Y.Doc, { parent }: Y.Item, noted: Notes): boolean {
  if (!(parent instanceof Y.Text)) return false;
  const row: unknown = parent._item?.parent;
  return row instanceof Y.Map && isLine(doc, row) && !noted.has(row);
}

function isKept({ content, parentSub }: Y.Item): boolean {
  return content instanceof Y.ContentType || parentSub === ORIGIN;
}

/** Yjs waits for both neighbours and the parent, also where one of them is enough to find the place. */
function hasMissingNeighbours(
  doc: Y.Doc,
  byClient: ReadonlyMap<number, readonly Struct[]>,
): boolean {
  const isHere = (id: Y.ID | null): boolean => {
    if (!id || id.clock < Y.getState(doc.store, id.client)) return true;
    const last = byClient.get(id.client)?.at(-1);
    return last !== undefined && id.clock < last.id.clock + last.length;
  };
  for (const own of byClient.values()) {
    for (const struct of own) {
      if (!(struct instanceof Y.Item)) continue;
      if (!isHere(struct.origin) || !isHere(struct.rightOrigin)) return true;
    }
  }
  return false;
}
