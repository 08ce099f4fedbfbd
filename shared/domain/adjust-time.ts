/** Ways a person moves a time: minutes back, minutes on, a wall clock, how exact. */

import type { Basis, Occurred, Precision } from './occurred.ts';
import {
  endOfDay,
  type Instant,
  MINUTE,
  toInstant,
  toWallTime,
  twoDigits,
  type Zone,
} from './time.ts';

/** The moment the person began to write. */
export function toFirstTouch(at: Instant, zone: Zone): Occurred {
  return { at, until: null, zone, precision: 'second', basis: 'firstTouch' };
}

/** Said afterwards, to the minute. */
export function toExact(at: Instant, zone: Zone): Occurred {
  const minute = Math.floor(at / MINUTE) * MINUTE;
  return { at: minute, until: null, zone, precision: 'minute', basis: 'exact' };
}

/** `minutes` before now, by this phone's clock. */
export function toMinutesAgo(now: Instant, minutes: number, zone: Zone): Occurred {
  if (minutes === 0) return toFirstTouch(now, zone);
  return { at: now - minutes * MINUTE, until: null, zone, precision: 'minute', basis: 'relative' };
}

/** The same time some minutes later (or earlier, below zero). A day-only time becomes a time of that day. */
export function shiftMinutes(occurred: Occurred, minutes: number): Occurred {
  const by = minutes * MINUTE;
  return {
    ...occurred,
    at: occurred.at + by,
    until: occurred.until === null ? null : occurred.until + by,
    precision:
      occurred.precision === 'second' || occurred.precision === 'day'
        ? 'minute'
        : occurred.precision,
    basis: toMovedBasis(occurred.basis),
  };
}

export function withPrecision(occurred: Occurred, precision: Precision): Occurred {
  const until = precision === 'range' ? (occurred.until ?? occurred.at + 5 * MINUTE) : null;
  return { ...occurred, precision, until };
}

/**
 * What a date field and a clock field say, in `zone`.
 * @param day `2026-11-14` @param clock `02:44` or `02:44:07`
 * @returns null when either is not filled in, or is no time since 1970
 */
export function parseWallTime(day: string, clock: string, zone: Zone): Instant | null {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const time = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?/.exec(clock);
  if (!date || !time || day < '1970-01-02') return null;
  const [year = 0, month = 0, dayOfMonth = 0] = date.slice(1).map(Number);
  const [hour = 0, minute = 0, second = 0] = time.slice(1).map((part) => Number(part ?? 0));
  return toInstant({ year, month, day: dayOfMonth, hour, minute, second }, zone);
}

/** From one clock to another on that day, or past midnight on the next. @returns null as above */
export function parseWallRange(
  day: string,
  from: string,
  to: string,
  zone: Zone,
): { at: Instant; until: Instant } | null {
  const at = parseWallTime(day, from, zone);
  const sameDay = parseWallTime(day, to, zone);
  if (at === null || sameDay === null) return null;
  if (sameDay >= at) return { at, until: sameDay };
  const nextDay = toWallFields(endOfDay(at, zone) + 1, zone).day;
  const until = parseWallTime(nextDay, to, zone);
  return until === null ? null : { at, until };
}

/** What a date field and a clock field show for `instant`. */
export function toWallFields(instant: Instant, zone: Zone): { day: string; clock: string } {
  const { year, month, day, hour, minute } = toWallTime(instant, zone);
  return {
    day: `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`,
    clock: `${twoDigits(hour)}:${twoDigits(minute)}`,
  };
}

function toMovedBasis(basis: Basis): Basis {
  return basis === 'firstTouch' || basis === 'relative' ? 'relative' : 'exact';
}
