/** Times as people read them: `02:44`, `Fri 13 Nov`, `2 h 49 min`, `+0:43`. English, 24-hour, the same everywhere. */

import {
  HOUR,
  type Instant,
  MINUTE,
  type Millis,
  SECOND,
  toDayKey,
  toWallTime,
  toWeekday,
  twoDigits,
  type Zone,
} from './time.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `02:44` */
export function toClock(instant: Instant, zone: Zone): string {
  const { hour, minute } = toWallTime(instant, zone);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `02:44:07` */
export function toClockWithSeconds(instant: Instant, zone: Zone): string {
  return `${toClock(instant, zone)}:${twoDigits(toWallTime(instant, zone).second)}`;
}

/** `Fri 13 Nov`, with the year when it is not the year of `now`. */
export function toDayName(instant: Instant, zone: Zone, now: Instant): string {
  const { year, month, day } = toWallTime(instant, zone);
  const name = `${WEEKDAYS[toWeekday(instant, zone)] ?? ''} ${day} ${MONTHS[month - 1] ?? ''}`;
  return year === toWallTime(now, zone).year ? name : `${name} ${year}`;
}

/** `13 Nov`, for places too narrow for the weekday. */
export function toShortDay(instant: Instant, zone: Zone): string {
  const { month, day } = toWallTime(instant, zone);
  return `${day} ${MONTHS[month - 1] ?? ''}`;
}

/** `02:44` today, `13 Nov 02:44` on another day. */
export function toClockOrDay(instant: Instant, zone: Zone, now: Instant): string {
  const clock = toClock(instant, zone);
  return toDayKey(instant, zone) === toDayKey(now, zone)
    ? clock
    : `${toShortDay(instant, zone)} ${clock}`;
}

/** From this many hours on they are days: hours of more than two digits say nothing, and have no room. */
const HOURS_OF_OFFSET = 100;

/** `+0:43`, `−2:49`, `+12 d`: hours and minutes, or days, cut and not rounded, with a real minus sign. */
export function toOffset(length: Millis): string {
  const minutes = Math.floor(Math.abs(length) / MINUTE);
  const sign = length < 0 && minutes > 0 ? '−' : '+';
  if (minutes >= HOURS_OF_OFFSET * 60) return `${sign}${Math.floor(minutes / 60 / 24)} d`;
  return `${sign}${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

/** `0:43:12` for the running clock; whole hours are not cut at a day. */
export function toElapsed(length: Millis): string {
  const seconds = Math.floor(Math.abs(length) / SECOND);
  const clock = `${Math.floor(seconds / 3600)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
  return length < 0 && seconds > 0 ? `−${clock}` : clock;
}

/** `45 s`, `40 min`, `2 h 49 min`, `3 d 4 h`. */
export function toLengthWords(length: Millis): string {
  const whole = Math.abs(length);
  if (whole < MINUTE) return `${Math.floor(whole / SECOND)} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  const hours = Math.floor(whole / HOUR);
  if (hours < 48) return joinUnits(hours, 'h', Math.floor((whole % HOUR) / MINUTE), 'min');
  return joinUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** `now`, `3 min ago`, `in 12 min`. Under half a minute is now. */
export function toAgo(instant: Instant, now: Instant): string {
  const ago = now - instant;
  if (Math.abs(ago) < 30 * SECOND) return 'now';
  const words = toLengthWords(Math.max(Math.abs(ago), MINUTE));
  return ago > 0 ? `${words} ago` : `in ${words}`;
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
