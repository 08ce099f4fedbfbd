/** What is said of a phone's clock that is wrong. */

import type { Entry } from './entry.ts';
import { type ClockReading, isOffThePhone } from './occurred.ts';
import { type Millis, SECOND, type Zone } from './time.ts';
import { toClockWithSeconds, toLengthWords } from './time-words.ts';

/** Less is not worth a word, and no order of lines that people could tell apart depends on it. */
const WORTH_SAYING: Millis = 2_000;

/** @returns null when the clock is right, as far as that is known, or never was measured */
export function toClockFault(clock: ClockReading): string | null {
  if (!clock || Math.abs(clock.offset) < WORTH_SAYING) return null;
  const by = toShift(clock.offset);
  // More doubt than offset is what is left of a measurement after a sleep: a length would only confuse.
  if (clock.error > Math.abs(clock.offset)) return `about ${by}, before it slept or was set`;
  const about =
    clock.error >= WORTH_SAYING
      ? `, give or take ${toLengthWords(roundToSecond(clock.error))}`
      : '';
  return `${by}${about}`;
}

/** For a line whose time was read off a clock that was wrong, whatever its time is now. */
export function toClockNote({ clock, firstOccurred, occurred }: Entry, zone: Zone): string | null {
  const fault = toClockFault(clock);
  if (fault === null || !isOffThePhone(firstOccurred)) return null;
  const now = isOffThePhone(occurred) ? 'is corrected' : 'was set by hand';
  return `The phone’s clock was ${fault}. It showed ${toClockWithSeconds(firstOccurred.at, zone)}; the time here ${now}.`;
}

/** `7 min slow`, for the row of a line whose time is still the corrected one. */
export function toClockMark({ clock, firstOccurred, occurred }: Entry): string | null {
  if (!clock || toClockFault(clock) === null) return null;
  if (!isOffThePhone(firstOccurred) || !isOffThePhone(occurred)) return null;
  const isRough = clock.error > Math.abs(clock.offset);
  return `${isRough ? 'about ' : ''}${toShift(clock.offset)}`;
}

/** For the person whose phone it is. */
export function toClockWarning(clock: ClockReading): string | null {
  const fault = toClockFault(clock);
  return fault && `This phone’s clock is ${fault}. Times taken from it are corrected.`;
}

function toShift(offset: Millis): string {
  return `${toLengthWords(roundToSecond(offset))} ${offset > 0 ? 'slow' : 'fast'}`;
}

/** Lengths are cut off, not rounded, where they are shown; a measured one is never quite whole. */
function roundToSecond(length: Millis): Millis {
  return Math.round(length / SECOND) * SECOND;
}
