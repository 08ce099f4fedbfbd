/**
 * Hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014), kept per field: a stamp follows wall time
 * where clocks agree, and is always past every stamp its writer saw. So of two edits the later one wins wherever
 * "later" can be known, and every device names the same winner.
 *
 * A stamp is one number, `milliseconds * 1024 + counter`, exact in a double until the year 2248.
 */

import type { Instant } from './time.ts';

export type Stamp = number;

const COUNTER_SIZE = 1024;

/** The year 2060. A phone that believes to be past it, and was never told otherwise, only counts. */
const LAST_WALL: Instant = 2_840_140_800_000;

/** The year 2200. A stamp past it is damage, not time: following it would end the counting for everybody. */
const MAX_STAMP = 7_258_118_400_000 * COUNTER_SIZE;

/**
 * @param now corrected wall time, so that a wrong phone clock does not lead
 * @param seen the highest stamp already on the field, 0 for none
 */
export function nextStamp(now: Instant, seen: Stamp): Stamp {
  const wall = now > LAST_WALL ? 0 : Math.max(0, Math.floor(now)) * COUNTER_SIZE;
  return Math.min(Math.max(wall, seen + 1), MAX_STAMP);
}

export function isStamp(value: unknown): value is Stamp {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_STAMP;
}

/** The wall time in a stamp, for "changed at 03:02". */
export function toStampInstant(stamp: Stamp): Instant {
  return Math.floor(stamp / COUNTER_SIZE);
}
