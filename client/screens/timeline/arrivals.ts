/**
 * Lines of others as they come in. Nothing under a thumb moves: what lands below or above the screen is counted until
 * it was seen, and what would land on the screen waits until it is asked for.
 */

import { type Accessor, createComputed, createMemo, createSignal, on, untrack } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';

/** The rows on the screen, as indices; null when the list is not laid out yet. */
export type Window = { readonly first: number; readonly last: number } | null;

export type Arrivals = {
  /** What the list shows: every line but those that wait. */
  readonly shown: Accessor<readonly EntryId[]>;
  /** Lines below the screen that nobody saw yet. */
  readonly below: Accessor<readonly EntryId[]>;
  /** Lines that went in above the last one on the screen, shown or waiting. */
  readonly slotted: Accessor<readonly EntryId[]>;
  /** The line of somebody else that came last. */
  readonly latest: Accessor<EntryId | null>;
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
  readonly window: () => Window;
  readonly isAtEnd: () => boolean;
  readonly isTouched: () => boolean;
}): Arrivals {
  const { ids, isOpen, isMine, window, isAtEnd, isTouched } = parts;
  const [under, setUnder] = createSignal<ReadonlySet<EntryId>>(new Set());
  const [over, setOver] = createSignal<ReadonlySet<EntryId>>(new Set());
  const [waiting, setWaiting] = createSignal<ReadonlySet<EntryId>>(new Set());
  const [latest, setLatest] = createSignal<EntryId | null>(null);
  const shown = createMemo(() => {
    const held = waiting();
    return held.size === 0 ? ids() : ids().filter((id) => !held.has(id));
  });
  const known = new Set<EntryId>();
  let wasOpen = false;

  function isBelow(id: EntryId): boolean {
    const edge = untrack(shown)[window()?.last ?? -1];
    const order = untrack(ids);
    return edge === undefined || order.indexOf(id) > order.indexOf(edge);
  }

  function isAbove(id: EntryId): boolean {
    const edge = untrack(shown)[window()?.first ?? -1];
    const order = untrack(ids);
    return edge !== undefined && order.indexOf(id) < order.indexOf(edge);
  }

  function take(arrived: readonly EntryId[]): void {
    const held = new Set(untrack(waiting));
    const above = new Set(untrack(over));
    const below = new Set(untrack(under));
    for (const id of arrived) {
      const isFollowed = isAtEnd() && !isTouched();
      if (isAbove(id)) above.add(id);
      else if (isTouched() || (!isFollowed && !isBelow(id))) held.add(id);
      else if (!isFollowed) below.add(id);
    }
    if (held.size > 0) setWaiting(held);
    if (above.size > 0) setOver(above);
    if (below.size > 0) setUnder(below);
    setLatest(arrived.at(-1) ?? null);
  }

  // Before the list hears of it: once a row is in, it has moved what it moves.
  createComputed(
    on([ids, isOpen], ([next, open]) => {
      const added = next.filter((id) => !known.has(id));
      for (const id of added) known.add(id);
      const arrived = added.filter((id) => !isMine(id));
      if (open && wasOpen && arrived.length > 0) take(arrived);
      wasOpen = open;
    }),
  );

  function admit(line?: EntryId): void {
    setOver(new Set([...over(), ...waiting()].filter((id) => id !== line)));
    setUnder(new Set([...under()].filter((id) => id !== line)));
    setWaiting(new Set<EntryId>());
  }

  const below = createMemo(() => (under().size === 0 ? [] : ids().filter((id) => under().has(id))));
  const slotted = createMemo(() =>
    waiting().size + over().size === 0
      ? []
      : ids().filter((id) => waiting().has(id) || over().has(id)),
  );

  return {
    shown,
    below,
    slotted,
    latest,
    look() {
      if (isTouched()) return;
      const seen = window();
      if (isAtEnd() && waiting().size > 0) admit();
      if (!seen || under().size + over().size === 0) return;
      const onScreen = new Set(shown().slice(seen.first, seen.last + 1));
      const isUnseen = (id: EntryId) => !onScreen.has(id);
      setUnder(new Set([...under()].filter(isUnseen)));
      setOver(new Set([...over()].filter(isUnseen)));
    },
    admit,
  };
}
