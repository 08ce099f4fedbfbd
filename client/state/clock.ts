/** Now, as a signal that ticks. One timer for the whole app; it rests while the page is hidden. */

import { type Accessor, createSignal } from 'solid-js';
import type { Instant, Millis } from '../../shared/domain/time.ts';

export type Clock = {
  /** As this phone shows it. Tracked; changes every second. */
  readonly now: Accessor<Instant>;
  /** As the server knows it, where this phone's clock is wrong: how long something lasts is told by that. */
  readonly trueNow: Accessor<Instant>;
  stop(): void;
};

/** @param readOffset what to add to this phone's clock, 0 where it is right as far as that is known */
export function startClock(readNow: () => Instant, readOffset: () => Millis): Clock {
  const [now, setNow] = createSignal(readNow());
  const [offset, setOffset] = createSignal(readOffset());
  let timer: ReturnType<typeof setTimeout> | null = null;

  /** On the second, so that every clock on the screen moves together. */
  function tick(): void {
    const instant = readNow();
    setNow(instant);
    setOffset(readOffset());
    timer = setTimeout(tick, 1000 - (instant % 1000) + 5);
  }

  function onVisibility(): void {
    if (timer) clearTimeout(timer);
    if (document.visibilityState === 'visible') tick();
  }

  document.addEventListener('visibilitychange', onVisibility);
  tick();
  return {
    now,
    trueNow: () => now() + offset(),
    stop() {
      document.removeEventListener('visibilitychange', onVisibility);
      if (timer) clearTimeout(timer);
    },
  };
}
