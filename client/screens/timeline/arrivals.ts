/**
 * Lines of others as they come in. Nothing under a thumb moves: what lands below or above the screen is counted until
 * it was seen, and what would land on the screen waits until it is asked for.
 */

import { type Accessor, createComputed, createMemo, createSignal, on, untrack } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export type Arrivals = {
  /** What the list shows: every line but those that wait. */
  readonly shown: Accessor<readonly EntryId[]>;
  /** Lines below the screen that nobody saw yet. */
  readonly below: Accessor<readonly EntryId[]>;
  /** Lines that went in above the last one on the screen, shown or waiting. */
  readonly slotted: Accessor<readonly EntryId[]>;
  /** The lines of others that came last, together. */
  readonly latest: Accessor<readonly EntryId[]>;
  /** To be called when the list was scrolled, or a thumb was lifted. */
  look(): void;
  /** Lets the waiting lines in; `line` is being gone to and counts as seen. */
  admit(line?: EntryId): void;
};

export function createArrivals(parts: {
  readonly ids: Accessor<readonly EntryId[]>;
  /** False while the log is still opening: what comes then is no news. */
  readonly isOpen: Accessor<boolean>;
  readonly isMine: (id: EntryId) => boolean;
  /** Its place in the order; whether this person moved it there. */
  readonly placeOf: (id: EntryId) => { readonly at: Instant; readonly isMine: boolean };
  /** The lines on the screen as they were last laid out, in order. */
  readonly onScreen: () => readonly EntryId[];
  readonly isAtEnd: () => boolean;
  readonly isTouched: () => boolean;
}): Arrivals {
  const { ids, isOpen, isMine, placeOf, onScreen, isAtEnd, isTouched } = parts;
  const [under, setUnder] = createSignal<ReadonlySet<EntryId>>(new Set());
  const [over, setOver] = createSignal<ReadonlySet<EntryId>>(new Set());
  const [waiting, setWaiting] = createSignal<ReadonlySet<EntryId>>(new Set());
  const [latest, setLatest] = createSignal<readonly EntryId[]>([]);
  const shown = createMemo(() => {
    const held = waiting();
    return held.size === 0 ? ids() : ids().filter((id) => !held.has(id));
  });
  const known = new Map<EntryId, Instant>();
  let before: readonly EntryId[] = [];
  let wasOpen = false;

  /** @param moved those of them that were here before, elsewhere: below the screen they are no news */
  function take(arrived: readonly EntryId[], moved: ReadonlySet<EntryId>): void {
    const held = new Set(untrack(waiting));
    const above = new Set(untrack(over));
    const below = new Set(untrack(under));
    const places = new Map(untrack(ids).map((id, place) => [id, place]));
    const screen = onScreen();
    const first = places.get(screen[0] ?? '') ?? -1;
    const last = places.get(screen.at(-1) ?? '') ?? -1;
    for (const id of arrived) {
      const place = places.get(id) ?? 0;
      if (place < first) above.add(id);
      else if (place > last && moved.has(id)) continue;
      else if (place > last && !isAtEnd()) below.add(id);
      else if (isTouched() || !isAtEnd()) {
        held.add(id);
        if (place > last) below.add(id);
      }
    }
    if (held.size > 0) setWaiting(held);
    if (above.size > 0) setOver(above);
    if (below.size > 0) setUnder(below);
    setLatest(arrived.filter((id) => !moved.has(id)));
  }

  // A computation and not an effect: it decides before the list is laid out anew.
  createComputed(
    on([ids, isOpen], ([next, open]) => {
      const { arrived, moved } = untrack(() => findArrived(next));
      before = next;
      if (open && wasOpen && arrived.length > 0) take(arrived, moved);
      wasOpen = open;
    }),
  );

  /** Lines of others that are new, or that others moved. Only what differs from before is looked at. */
  function findArrived(next: readonly EntryId[]): {
    readonly arrived: readonly EntryId[];
    readonly moved: ReadonlySet<EntryId>;
  } {
    const arrived: EntryId[] = [];
    const moved = new Set<EntryId>();
    for (const id of findChanged(before, next)) {
      const { at, isMine: isMyMove } = placeOf(id);
      const was = known.get(id);
      known.set(id, at);
      if (was !== undefined && was !== at && !isMyMove) moved.add(id);
      if (moved.has(id) || (was === undefined && !isMine(id))) arrived.push(id);
    }
    return { arrived, moved };
  }

  function admit(line?: EntryId): void {
    const added = [...waiting()].filter((id) => !under().has(id));
    setOver(new Set([...over(), ...added].filter((id) => id !== line)));
    setUnder(new Set([...under()].filter((id) => id !== line)));
    setWaiting(new Set<EntryId>());
  }

  const below = createMemo(() => (under().size === 0 ? [] : ids().filter((id) => under().has(id))));
  const slotted = createMemo(() =>
    waiting().size + over().size === 0
      ? []
      : ids().filter((id) => (waiting().has(id) || over().has(id)) && !under().has(id)),
  );

  return {
    shown,
    below,
    slotted,
    latest,
    look() {
      if (isTouched()) return;
      if (isAtEnd() && waiting().size > 0) setWaiting(new Set<EntryId>());
      if (under().size + over().size === 0) return;
      const seen = new Set(onScreen());
      const isUnseen = (id: EntryId) => !seen.has(id);
      setUnder(new Set([...under()].filter(isUnseen)));
      setOver(new Set([...over()].filter(isUnseen)));
    },
    admit,
  };
}

/** What stands between the same beginning and the same end. */
function findChanged(before: readonly EntryId[], next: readonly EntryId[]): readonly EntryId[] {
  const shorter = Math.min(before.length, next.length);
  let start = 0;
  while (start < shorter && before[start] === next[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === next.at(-1 - end)) end += 1;
  return next.slice(start, next.length - end);
}
