/**
 * How far this phone's clock is from the server's, and how sure that is (Network Time Protocol, RFC 5905, section 8).
 *
 * Two clocks are read here: the wall clock, which people and networks set, and the monotonic one, which nobody sets but
 * which stands still in sleep on some platforms. Where the wall clock fell behind the monotonic one, it was set back by
 * exactly that much. Where it ran ahead, the phone slept or the clock was set on, and only a new sample tells which: a
 * sleep is by far the more likely, so the last offset stays, with that much more doubt.
 */

import type { ClockReading } from './occurred.ts';
import type { Millis } from './time.ts';

/** What this phone's two clocks say at one moment. */
export type Clocks = { readonly wall: Millis; readonly monotonic: Millis };

/** One question and its answer, all in ms: asked and received by the phone's wall clock, heard and answered by the server's. */
export type Exchange = {
  readonly asked: Millis;
  readonly heard: Millis;
  readonly answered: Millis;
  readonly received: Millis;
};

/** `at`: the phone's wall clock when it was measured. */
export type Measured = { readonly offset: Millis; readonly error: Millis; readonly at: Millis };

export type ClockWatch = {
  /** @returns whether the answer could be true; what cannot changes nothing */
  take(exchange: Exchange, clocks: Clocks): boolean;
  /** Notices when the wall clock was set. @returns whether it may have been: then the server should be asked again */
  look(clocks: Clocks): boolean;
  /** What to correct times by now, 0 where the clock is right as far as that is known; null: never measured. */
  reading(clocks: Clocks): ClockReading;
  /** What to keep for the next start; null: never measured. */
  toKeep(clocks: Clocks): Measured | null;
};

/** The clock of a phone drifts by less than this share of the time that passes. */
const DRIFT = 50e-6;
/**
 * Less than this, or than twice the error, is not taken out: it would move lines of one phone past each other whenever
 * it is measured anew, and no order between phones that people could tell depends on it.
 */
const WRONG: Millis = 1_000;
const SAMPLES = 8;
/** The two clocks of one phone never agree to the millisecond. */
const JUMP: Millis = 500;
const MAX_ROUND_TRIP: Millis = 60_000;
/** Samples older than this give way to any newer one. */
const SAMPLE_LIFE: Millis = 10 * 60_000;

type Sample = Measured & { readonly monotonic: Millis };

export function createClockWatch(kept: Measured | null, clocks: Clocks): ClockWatch {
  let samples: readonly Sample[] = [];
  const isSetBack = kept !== null && clocks.wall < kept.at;
  let best: Measured | null =
    kept && (isSetBack ? setBack(kept, clocks.wall) : grow(kept, clocks.wall));
  /** What may be wrong beside the error of the measurement: sleeping and being set on look the same. */
  let doubt: Millis = isSetBack ? kept.at - clocks.wall : 0;
  let base = clocks.wall - clocks.monotonic;

  function look({ wall, monotonic }: Clocks): boolean {
    const jump = wall - monotonic - base;
    if (Math.abs(jump) < JUMP) return false;
    base += jump;
    samples = [];
    if (!best) return true;
    if (jump > 0) doubt += jump;
    const offset = jump < 0 || isSetRight(best, jump) ? best.offset - jump : best.offset;
    best = { ...best, offset, at: best.at + jump };
    return true;
  }

  return {
    look,
    take(exchange, now) {
      look(now);
      const sample = toSample(exchange);
      if (!sample) return false;
      const fresh = samples.filter(({ monotonic }) => now.monotonic - monotonic < SAMPLE_LIFE);
      samples = [...fresh, { ...sample, monotonic: now.monotonic }].slice(-SAMPLES);
      best = samples.reduce((one, other) => (other.error <= one.error ? other : one));
      doubt = 0;
      return true;
    },
    reading({ wall }) {
      if (!best) return null;
      const { offset, error } = grow(best, wall);
      const isWrong = Math.abs(offset) >= Math.max(WRONG, 2 * error);
      return isWrong
        ? { offset: Math.round(offset), error: Math.ceil(error + doubt) }
        : { offset: 0, error: Math.ceil(Math.abs(offset) + error + doubt) };
    },
    toKeep: ({ wall }) => best && grow(best, wall),
  };
}

/** @returns null for an answer that cannot be true */
export function toSample({ asked, heard, answered, received }: Exchange): Measured | null {
  const roundTrip = received - asked - (answered - heard);
  const isSane = [asked, heard, answered, received].every(Number.isFinite);
  if (!isSane || answered < heard || roundTrip < 0 || roundTrip > MAX_ROUND_TRIP) return null;
  return {
    offset: (heard - asked + (answered - received)) / 2,
    error: roundTrip / 2,
    at: received,
  };
}

/** The same measurement, older. */
function grow({ offset, error, at }: Measured, wall: Millis): Measured {
  return { offset, error: error + Math.max(0, wall - at) * DRIFT, at: wall };
}

/** A wall clock that reads earlier than it did was set back: by at least that much it is off. */
function setBack({ offset, error, at }: Measured, wall: Millis): Measured {
  return { offset: offset + at - wall, error, at: wall };
}

/** No sleep lasts by chance just as long as the clock was slow. */
function isSetRight({ offset, error }: Measured, jump: Millis): boolean {
  return offset >= WRONG && Math.abs(offset - jump) <= error + JUMP;
}
