/** The phone's clock, watched: what the server said of it, kept over a restart. */

import {
  type Clocks,
  createClockWatch,
  type Exchange,
  type Measured,
} from '../../shared/domain/clock-watch.ts';
import type { ClockReading } from '../../shared/domain/occurred.ts';
import type { PhoneLog } from '../storage/phone-log.ts';
import { readMeasuredClock, writeMeasuredClock } from '../storage/settings.ts';

export type PhoneClock = {
  reading(): ClockReading;
  heard(exchange: Exchange): void;
  /** Told when the clock jumped, so that the server can be asked again. @returns a function that ends it */
  onMoved(listener: () => void): () => void;
};

const KEEP_EVERY_MILLIS = 30_000;

export async function openClockWatch(parts: {
  readonly log: PhoneLog;
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly onClock: (clock: ClockReading) => void;
  readonly onReport: (cause: unknown) => void;
}): Promise<PhoneClock> {
  const { log, now, monotonic, onClock, onReport } = parts;
  const clocks = (): Clocks => ({ wall: now(), monotonic: monotonic() });
  const kept: Measured | null = await readMeasuredClock(log).catch(() => null);
  const watch = createClockWatch(kept, clocks());
  let keptAt = Number.NEGATIVE_INFINITY;
  const listeners = new Set<() => void>();

  function look(): void {
    if (!watch.look(clocks())) return;
    for (const listener of listeners) listener();
  }

  return {
    reading() {
      look();
      return watch.reading(clocks());
    },
    heard(exchange) {
      look();
      const at = clocks();
      if (!watch.take(exchange, at)) return;
      onClock(watch.reading(at));
      const measured = watch.toKeep(at);
      if (!measured || at.monotonic - keptAt < KEEP_EVERY_MILLIS) return;
      keptAt = at.monotonic;
      writeMeasuredClock(log, measured).catch(onReport);
    },
    onMoved(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
