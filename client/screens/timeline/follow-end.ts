/**
 * Whoever is at the end of the log stays there while it grows, and whoever scrolled away is never brought back. So this
 * is a state that is asked each time, and no movement: the list's own way to its last row goes on correcting itself as
 * rows are measured, also when somebody scrolls away meanwhile.
 */

import { type Accessor, createSignal, untrack } from 'solid-js';

export type FollowEnd = {
  readonly isAtEnd: Accessor<boolean>;
  /** To be called when the list was scrolled. */
  look(): void;
  /** To the end, wherever they are. */
  go(): void;
  /** To the end, for whoever is near it: there is something new, or the screen has another size. */
  follow(): void;
  /** To the end, for whoever left it by no pixel: rows were measured, and that alone moves nobody. */
  settle(): void;
};

const NEAR_PIXELS = 80;

export function createFollowEnd(parts: {
  readonly scroller: () => HTMLElement | undefined;
  /** A thumb holds the list. */
  readonly isTouched: () => boolean;
}): FollowEnd {
  const { scroller, isTouched } = parts;
  const [isAtEnd, setIsAtEnd] = createSignal(true);
  let isResting = true;
  let seenTop = 0;

  /** What grows below takes nobody away from the end; only going up does. */
  function look(): void {
    const element = scroller();
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const left = scrollHeight - scrollTop - clientHeight;
    const hasGoneUp = scrollTop < seenTop;
    seenTop = scrollTop;
    isResting = left <= 1 || (isResting && !hasGoneUp);
    setIsAtEnd((wasAtEnd) => left < NEAR_PIXELS || (wasAtEnd && !hasGoneUp));
  }

  function go(): void {
    const element = scroller();
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    seenTop = element.scrollTop;
    isResting = true;
    setIsAtEnd(true);
  }

  return {
    isAtEnd,
    look,
    go,
    follow() {
      // They may have scrolled since the list last told so.
      look();
      if (untrack(isAtEnd) && !isTouched()) go();
    },
    settle() {
      look();
      if (isResting && !isTouched()) go();
    },
  };
}
