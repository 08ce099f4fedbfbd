/** When something happened, as its author knows it: an instant, a zone, how exact, and where the time comes from. */

import { endOfDay, type Instant, isInstant, isZoneName, type Millis, type Zone } from './time.ts';
import { toClock, toClockWithSeconds, toDayName } from './time-words.ts';

/** `day`: the clock part of `at` means nothing. `range`: from `at` to `until`. */
export const PRECISIONS = [
  'second',
  'minute',
  'fiveMinutes',
  'quarterHour',
  'day',
  'range',
] as const;
export type Precision = (typeof PRECISIONS)[number];

/**
 * Where the time comes from. Only `firstTouch` and `relative` were read off the phone's clock, so only they are
 * corrected when that clock was wrong; what a person typed, a machine sent or a file said stays as it is.
 */
export const BASES = ['firstTouch', 'relative', 'exact', 'source', 'imported'] as const;
export type Basis = (typeof BASES)[number];

export type Occurred = {
  readonly at: Instant;
  /** Only with precision `range`. */
  readonly until: Instant | null;
  readonly zone: Zone;
  readonly precision: Precision;
  readonly basis: Basis;
};

/** How far the phone's clock was behind the server's, and how sure that is. Null: never measured. */
export type ClockReading = { readonly offset: Millis; readonly error: Millis } | null;

export function isOccurred(value: Occurred): boolean {
  if (!isInstant(value.at) || !isZoneName(value.zone)) return false;
  if (value.precision === 'range') return isInstant(value.until) && value.until >= value.at;
  return value.until === null;
}

/** The same time with the clock's error taken out, where the time came off that clock. */
export function correctOccurred(occurred: Occurred, clock: ClockReading): Occurred {
  if (!clock || !isOffThePhone(occurred)) return occurred;
  return {
    ...occurred,
    at: occurred.at + clock.offset,
    until: occurred.until === null ? null : occurred.until + clock.offset,
  };
}

/** Its author said "now", or how long ago; everything else was said without looking at that phone's clock. */
export function isOffThePhone({ basis }: Occurred): boolean {
  return basis === 'firstTouch' || basis === 'relative';
}

/** Where it stands in the one order: a range by its start, a day-only time at the end of its day. */
export function toSortInstant(occurred: Occurred): Instant {
  return occurred.precision === 'day' ? endOfDay(occurred.at, occurred.zone) : occurred.at;
}

/** Whose calendar it is read on: a day was a day where the author was, whoever looks. */
export function toShownZone(occurred: Occurred, zone: Zone): Zone {
  return occurred.precision === 'day' ? occurred.zone : zone;
}

/** `02:44`, `~02:45`, `02:40–02:50`, `day`: short enough for the time column. A day is never shown as 00:00. */
export function toColumnClock(occurred: Occurred, zone: Zone): string {
  switch (occurred.precision) {
    case 'day':
      return 'day';
    case 'fiveMinutes':
    case 'quarterHour':
      return `~${toClock(occurred.at, zone)}`;
    case 'range':
      return `${toClock(occurred.at, zone)}–`;
    case 'second':
    case 'minute':
      return toClock(occurred.at, zone);
  }
}

/** In full, for the sheet and for screen readers: `about 02:45, Fri 13 Nov`. */
export function toOccurredWords(occurred: Occurred, zone: Zone, now: Instant): string {
  const day = toDayName(occurred.at, toShownZone(occurred, zone), now);
  switch (occurred.precision) {
    case 'second':
      return `${toClockWithSeconds(occurred.at, zone)}, ${day}`;
    case 'minute':
      return `${toClock(occurred.at, zone)}, ${day}`;
    case 'fiveMinutes':
      return `about ${toClock(occurred.at, zone)}, give or take 5 min, ${day}`;
    case 'quarterHour':
      return `about ${toClock(occurred.at, zone)}, give or take 15 min, ${day}`;
    case 'range':
      return `${toClock(occurred.at, zone)} to ${toClock(occurred.until ?? occurred.at, zone)}, ${day}`;
    case 'day':
      return `some time on ${day}`;
  }
}
