/**
 * Instants, durations and the clocks people read them on. The one file of the domain that may name `Date`;
 * "now" is always an argument.
 */

/** Milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX time). */
export type Instant = number;

/** A length of time in milliseconds. */
export type Millis = number;

/** An IANA time zone name such as `Europe/Berlin` (RFC 6557). */
export type Zone = string;

export const SECOND: Millis = 1_000;
export const MINUTE: Millis = 60 * SECOND;
export const HOUR: Millis = 60 * MINUTE;
export const DAY: Millis = 24 * HOUR;

/** What a wall clock and a calendar show in one zone. `month` is 1–12, `weekday` 0 is Sunday. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

/** The end of the year 9999: what four digits can say, and far enough from where `Date` ends to be added to. */
const MAX_INSTANT = 253_402_300_799_999;

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'number' && value >= 0 && value <= MAX_INSTANT;
}

/** Spelt like a zone, whether this device knows it or not: zones are added and renamed every year. */
export function isZoneName(value: unknown): value is Zone {
  return typeof value === 'string' && /^[A-Za-z][\w+\-/]{0,63}$/.test(value);
}

export function isZone(value: unknown): value is Zone {
  return typeof value === 'string' && value !== '' && findFormatter(value) !== null;
}

export function toWallTime(instant: Instant, zone: Zone): WallTime {
  const shown = new Date(instant + zoneOffset(instant, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

/**
 * The instant a wall clock in `zone` shows `wall`. A time skipped by a daylight-saving change is read with the
 * offset before the change (so it lands after the gap); a time shown twice is the earlier of the two. Both are
 * what RFC 5545 §3.3.5 asks for.
 */
export function toInstant(wall: WallTime, zone: Zone): Instant {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const before = zoneOffset(asUtc - DAY, zone);
  const after = zoneOffset(asUtc + DAY, zone);
  const candidates = [asUtc - before, asUtc - after].filter(
    (instant) => instant + zoneOffset(instant, zone) === asUtc,
  );
  return candidates.length > 0 ? Math.min(...candidates) : asUtc - before;
}

/** What must be added to UTC to get the wall clock of `zone` at `instant`. */
export function zoneOffset(instant: Instant, zone: Zone): Millis {
  if (zone === 'UTC') return 0;
  const quarter = Math.floor(instant / QUARTER);
  const known = steadyOffsets.get(zone)?.get(quarter);
  return known ?? findSteadyOffset(quarter, zone) ?? readOffset(instant, zone);
}

/** Asking Intl costs 20 µs, and ten thousand rows ask about the same few hours. */
const steadyOffsets = new Map<Zone, Map<number, Millis>>();
const QUARTER: Millis = 15 * MINUTE;
const MAX_QUARTERS = 20_000;

/** @returns null for the quarter of an hour in which the clocks change */
function findSteadyOffset(quarter: number, zone: Zone): Millis | null {
  const first = readOffset(quarter * QUARTER, zone);
  if (first !== readOffset((quarter + 1) * QUARTER - SECOND, zone)) return null;
  const byQuarter = steadyOffsets.get(zone) ?? new Map<number, Millis>();
  if (byQuarter.size >= MAX_QUARTERS) byQuarter.clear();
  steadyOffsets.set(zone, byQuarter.set(quarter, first));
  return first;
}

function readOffset(instant: Instant, zone: Zone): Millis {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(instant)) {
    parts[type] = Number(value);
  }
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return shown - Math.floor(instant / SECOND) * SECOND;
}

/** `2026-11-14`: equal for two instants exactly when the zone's calendar shows the same day. */
export function toDayKey(instant: Instant, zone: Zone): string {
  const { year, month, day } = toWallTime(instant, zone);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** The last millisecond of the day that `zone` shows at `instant`. */
export function endOfDay(instant: Instant, zone: Zone): Instant {
  const { year, month, day } = toWallTime(instant, zone);
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  const midnight: WallTime = {
    year: next.getUTCFullYear(),
    month: next.getUTCMonth() + 1,
    day: next.getUTCDate(),
    hour: 0,
    minute: 0,
    second: 0,
  };
  return toInstant(midnight, zone) - 1;
}

/** 0 is Sunday, as calendars in English begin. */
export function toWeekday(instant: Instant, zone: Zone): number {
  const { year, month, day } = toWallTime(instant, zone);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Building one takes about a millisecond and ten thousand rows ask for the same two or three zones. */
const formatters = new Map<Zone, Intl.DateTimeFormat | null>();

/** A zone this device does not know is read as UTC: the line is there, and its instant is right. */
function formatterFor(zone: Zone): Intl.DateTimeFormat {
  return findFormatter(zone) ?? findFormatter('UTC') ?? makeFormatter('UTC');
}

function findFormatter(zone: Zone): Intl.DateTimeFormat | null {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const found = tryFormatter(zone);
  formatters.set(zone, found);
  return found;
}

function tryFormatter(zone: Zone): Intl.DateTimeFormat | null {
  try {
    return makeFormatter(zone);
  } catch {
    return null; // RangeError is how Intl says "no such zone"; there is no other question to ask it
  }
}

function makeFormatter(zone: Zone): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
