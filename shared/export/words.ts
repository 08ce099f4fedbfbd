/** Times and lengths as an export writes them. */

import type { Occurred } from '../domain/occurred.ts';
import {
  type Instant,
  MINUTE,
  type Millis,
  toWallTime,
  twoDigits,
  type Zone,
} from '../domain/time.ts';
import { toClock, toLengthWords } from '../domain/time-words.ts';
import type { Length } from '../postmortem/metrics.ts';

/** `2018-10-21` */
export function toDate(instant: Instant, zone: Zone): string {
  const { year, month, day } = toWallTime(instant, zone);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `2018-10-21 23:02`, `~23:05` for about, `23:02–23:20` for a range; a day is a date and nothing else. */
export function toTimeCell(occurred: Occurred, zone: Zone): string {
  const { at, until, precision } = occurred;
  if (precision === 'day') return `${toDate(at, occurred.zone)} (day)`;
  return `${toDate(at, zone)} ${toClockWords(occurred, zone)}${
    until !== null && toDate(until, zone) !== toDate(at, zone) ? ` (${toDate(until, zone)})` : ''
  }`;
}

/** Without the date, where every line is of one day. */
export function toClockWords({ at, until, precision }: Occurred, zone: Zone): string {
  switch (precision) {
    case 'second':
    case 'minute':
      return toClock(at, zone);
    case 'fiveMinutes':
    case 'quarterHour':
      return `~${toClock(at, zone)}`;
    case 'range':
      return `${toClock(at, zone)}–${toClock(until ?? at, zone)}`;
    case 'day':
      return 'that day';
  }
}

/** `T+0:03`; a whole day has no place on the clock. */
export function toTPlus(occurred: Occurred, start: Instant | null): string | null {
  if (start === null || occurred.precision === 'day') return null;
  const length = occurred.at - start;
  const minutes = Math.floor(Math.abs(length) / MINUTE);
  const sign = length < 0 && minutes > 0 ? '−' : '+';
  return `T${sign}${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

/** Whole minutes, as a postmortem states them: `27 min`, `22–32 min`. */
export function toMinuteRange({ least, most }: Pick<Length, 'least' | 'most'>): string {
  const [a, b] = [toMinutes(least), toMinutes(most)];
  return a === b ? `${a} min` : `${a}–${b} min`;
}

/** The same, with the hours of a long one: `70 min (1 h 10 min)`. */
export function toMinuteWords(length: Pick<Length, 'least' | 'most'>): string {
  const [a, b] = [toMinutes(length.least), toMinutes(length.most)];
  const range = toMinuteRange(length);
  return a === b && a >= 60 ? `${range} (${toLengthWords(a * MINUTE)})` : range;
}

export function toMinutes(length: Millis): number {
  return Math.round(length / MINUTE);
}
