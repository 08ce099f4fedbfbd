/** Where a struct of an update would stand, in the words of `schema.ts`. Resolved without touching the document. */

import * as Y from 'yjs';

/** What kind of thing a struct stands in. `missing`: it names a struct that is not here. `nowhere`: the schema has no such place. */
export type Container = 'rows' | 'fields' | 'row' | 'text' | 'missing' | 'nowhere';

export type Place = {
  readonly container: Container;
  /** The key in a map; null in a text. */
  readonly key: string | null;
  /** The map or text itself, where the document has it already. */
  readonly type: SharedType | null;
};

type SharedType = NonNullable<ReturnType<Y.Doc['share']['get']>>;

export type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

const MISSING: Place = { container: 'missing', key: null, type: null };
const NOWHERE: Place = { container: 'nowhere', key: null, type: null };

const CONTAINER_OF_ROOT: Readonly<Record<string, Container>> = {
  e: 'rows',
  a: 'rows',
  f: 'rows',
  ev: 'rows',
  r: 'rows',
  s: 'rows',
  m: 'fields',
  u: 'fields',
  meta: 'fields',
};
const PROSE_ROOT = /^p:[A-Za-z]{1,40}$/;

/** Finds places for the structs of one update; what it found once it remembers. */
export type Places = { placeOf(item: Y.Item): Place };

/** @param structs of the update, by client, without holes */
export function createPlaces(doc: Y.Doc, structs: ReadonlyMap<number, readonly Struct[]>): Places {
  const known = new Map<Y.Item, Place>();

  function find(id: Y.ID): Struct | null {
    if (id.clock < Y.getState(doc.store, id.client)) return Y.getItem(doc.store, id);
    const own = structs.get(id.client);
    const [first] = own ?? [];
    const last = own?.at(-1);
    if (!own || !first || !last) return null;
    if (id.clock < first.id.clock || id.clock >= last.id.clock + last.length) return null;
    return own[findIndex(own, id.clock)] ?? null;
  }

  /** Follows neighbours until one says where it stands: a chain may be as long as the update, so this does not recurse. */
  function placeOf(item: Y.Item): Place {
    const path: Y.Item[] = [];
    let current: Y.Item = item;
    let place = known.get(current) ?? stated(current);
    while (!place) {
      path.push(current);
      const neighbour = current.origin ?? current.rightOrigin;
      const next = neighbour ? find(neighbour) : null;
      if (!next || next instanceof Y.Skip) place = MISSING;
      else if (!(next instanceof Y.Item) || path.length > MAX_PATH) place = NOWHERE;
      else {
        current = next;
        place = known.get(next) ?? stated(next);
      }
    }
    known.set(current, place);
    for (const passed of path) known.set(passed, place);
    return place;
  }

  /** @returns null where only its neighbours know */
  function stated(item: Y.Item, depth = 0): Place | null {
    const { parent } = item;
    if (typeof parent === 'string') return toRoot(doc, parent, item.parentSub);
    if (parent instanceof Y.ID) return toNested(parent, item.parentSub, depth);
    if (parent instanceof Y.AbstractType)
      return { container: toContainer(doc, parent), key: item.parentSub, type: parent };
    return null;
  }

  function toNested(id: Y.ID, key: string | null, depth: number): Place {
    if (depth > MAX_DEPTH) return NOWHERE;
    const found = find(id);
    if (!found || found instanceof Y.Skip) return MISSING;
    if (!(found instanceof Y.Item) || !(found.content instanceof Y.ContentType)) return NOWHERE;
    const { type } = found.content;
    // Where a nested type stands is said by itself or by the document: a type never continues a text.
    const outer = stated(found, depth + 1);
    if (!outer) return NOWHERE;
    const container = nest(outer.container, type);
    return { container, key, type: type._item ? type : null };
  }

  return { placeOf };
}

const MAX_PATH = 1_000_000;
/** A text in a row in a root. What is deeper, or stands in itself, the schema does not have. */
const MAX_DEPTH = 2;

function nest(outer: Container, type: unknown): Container {
  if (outer === 'missing') return 'missing';
  if (outer === 'rows' && type instanceof Y.Map) return 'row';
  return outer === 'row' && type instanceof Y.Text ? 'text' : 'nowhere';
}

function toRoot(doc: Y.Doc, name: string, key: string | null): Place {
  return { container: containerOfRoot(name), key, type: doc.share.get(name) ?? null };
}

function containerOfRoot(name: string): Container {
  if (Object.hasOwn(CONTAINER_OF_ROOT, name)) return CONTAINER_OF_ROOT[name] ?? 'nowhere';
  return PROSE_ROOT.test(name) ? 'text' : 'nowhere';
}

function toContainer(doc: Y.Doc, type: SharedType): Container {
  if (!type._item) {
    for (const [name, root] of doc.share) if (root === type) return containerOfRoot(name);
    return 'nowhere';
  }
  const { parent } = type._item;
  return parent instanceof Y.AbstractType ? nest(toContainer(doc, parent), type) : 'nowhere';
}

/** The last struct that starts at or before `clock`. */
function findIndex(structs: readonly Struct[], clock: number): number {
  let low = 0;
  let high = structs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((structs[middle]?.id.clock ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
}
