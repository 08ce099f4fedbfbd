/** Now, as a signal that ticks. One timer for the whole app; it rests while the page is hidden. */

import { type Accessor, createSignal } from 'solid-js';
import type { Instant } from '../../shared/domain/time.ts';

export type Clock = {
  /** Tracked; changes every second. */
  readonly now: Accessor<Instant>;
  stop(): void;
};

export function startClock(readNow: () => Instant): Clock {
  const [now, setNow] = createSignal(readNow());
  let timer: ReturnType<typeof setTimeout> | null = null;

  /** On the second, so that every clock on the screen moves together. */
  function tick(): void {
    const instant = readNow();
    setNow(instant);
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
    stop() {
      document.removeEventListener('visibilitychange', onVisibility);
      if (timer) clearTimeout(timer);
    },
  };
}
