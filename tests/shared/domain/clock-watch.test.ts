import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Clocks, createClockWatch, toSample } from '../../../shared/domain/clock-watch.ts';
import { toClockFault } from '../../../shared/domain/clock-words.ts';
import { nextStamp, toStampInstant } from '../../../shared/domain/hlc.ts';
import { HOUR, MINUTE } from '../../../shared/domain/time.ts';

const WALL = Date.UTC(2026, 10, 14, 1, 41);

describe('clock watch', () => {
  test('[T4b] the truth lies within the error, whatever the delays', () => {
    const delay = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: -HOUR, max: HOUR }),
        fc.array(fc.tuple(delay, delay, delay), { minLength: 1, maxLength: 20 }),
        (offset, delays) => {
          const phone = createPhone(WALL);
          const watch = createClockWatch(null, phone.read());
          let best = Number.POSITIVE_INFINITY;
          for (const [there, thinking, back] of delays.slice(-8)) {
            watch.take(phone.ask(offset, there, thinking, back), phone.read());
            best = Math.min(best, (there + back) / 2);
          }
          const reading = watch.reading(phone.read());
          expect(Math.abs((reading?.offset ?? 0) - offset)).toBeLessThanOrEqual(
            (reading?.error ?? 0) + 1,
          );
          const rest = reading?.offset === 0 ? Math.max(1_000, 2 * best) + 60 : 60;
          expect(reading?.error).toBeLessThanOrEqual(best + rest + 60);
        },
      ),
    );
  });

  test('[T4b] answers that cannot be true change nothing', () => {
    const phone = createPhone(WALL);
    const watch = createClockWatch(null, phone.read());
    for (const answer of [
      { asked: WALL, heard: WALL + 10, answered: WALL, received: WALL + 20 },
      { asked: WALL, heard: WALL, answered: WALL + 50, received: WALL + 20 },
      { asked: WALL, heard: WALL, answered: WALL, received: WALL - 1 },
      { asked: WALL, heard: Number.NaN, answered: WALL, received: WALL + 1 },
      { asked: WALL, heard: WALL, answered: WALL, received: WALL + HOUR },
    ]) {
      expect(toSample(answer)).toBeNull();
      expect(watch.take(answer, phone.read())).toBe(false);
    }
    expect(watch.reading(phone.read())).toBeNull();
  });

  test('[T4c] set back by seven minutes, the clock is corrected by exactly that', () => {
    const phone = createPhone(WALL);
    const watch = createClockWatch(null, phone.read());
    watch.take(phone.ask(0, 10, 0, 10), phone.read());
    phone.set(-7 * MINUTE);
    expect(watch.look(phone.read())).toBe(true);
    expect(watch.reading(phone.read())).toMatchObject({ offset: 7 * MINUTE });
    expect(watch.reading(phone.read())?.error).toBeLessThan(20);
  });

  test('[T4c] ahead by an hour, it slept or was set: the error says so until it is measured', () => {
    const phone = createPhone(WALL);
    const watch = createClockWatch(null, phone.read());
    watch.take(phone.ask(0, 10, 0, 10), phone.read());
    phone.set(HOUR);
    expect(watch.look(phone.read())).toBe(true);
    expect(watch.reading(phone.read())).toMatchObject({ offset: 0 });
    expect(watch.reading(phone.read())?.error).toBeGreaterThanOrEqual(HOUR);
    watch.take(phone.ask(-HOUR, 10, 0, 10), phone.read());
    expect(watch.reading(phone.read())).toMatchObject({ offset: -HOUR });
    expect(watch.reading(phone.read())?.error).toBeLessThan(20);
  });

  test('[T4h] minutes wrong and asleep for minutes, the last offset is still taken out, with more doubt', () => {
    const phone = createPhone(WALL);
    const watch = createClockWatch(null, phone.read());
    watch.take(phone.ask(7 * MINUTE, 10, 0, 10), phone.read());
    phone.set(4 * MINUTE);
    watch.look(phone.read());
    expect(watch.reading(phone.read())).toMatchObject({ offset: 7 * MINUTE });
    expect(watch.reading(phone.read())?.error).toBeGreaterThanOrEqual(4 * MINUTE);
  });

  test('[T4h] set on by just what it was slow, it was set right and not asleep', () => {
    const phone = createPhone(WALL);
    const watch = createClockWatch(null, phone.read());
    watch.take(phone.ask(7 * MINUTE, 10, 0, 10), phone.read());
    phone.set(7 * MINUTE);
    watch.look(phone.read());
    expect(watch.reading(phone.read())).toMatchObject({ offset: 0 });
  });

  test('[T4h] the label gives the error, and no length where it could be anything', () => {
    expect(toClockFault({ offset: 7 * MINUTE, error: 20 })).toBe('7 min slow');
    expect(toClockFault({ offset: 7 * MINUTE, error: 4 * MINUTE })).toBe(
      '7 min slow, give or take 4 min',
    );
    expect(toClockFault({ offset: -7 * MINUTE, error: 8 * HOUR })).toBe(
      'about 7 min fast, before it slept or was set',
    );
    expect(toClockFault({ offset: 0, error: 8 * HOUR })).toBeNull();
  });

  test('[T4h] back before its last measurement, it was set back by that much at least', () => {
    const kept = { offset: MINUTE, error: 20, at: WALL };
    const phone = createPhone(WALL - HOUR);
    const watch = createClockWatch(kept, phone.read());
    expect(watch.reading(phone.read())).toMatchObject({ offset: MINUTE + HOUR });
  });

  test('[T4g] a phone in 2099 that was never told better only counts onwards', () => {
    const seen = nextStamp(WALL, 0);
    const ahead = nextStamp(Date.UTC(2099, 0), seen);
    expect(ahead).toBe(seen + 1);
    const later = nextStamp(WALL + MINUTE, ahead);
    expect(later).toBeGreaterThan(ahead);
    expect(toStampInstant(later)).toBe(WALL + MINUTE);
  });
});

/** A phone whose clocks are moved by hand. */
function createPhone(start: number) {
  let wall = start;
  let monotonic = 1_000;
  const pass = (millis: number): void => {
    wall += millis;
    monotonic += millis;
  };
  return {
    read: (): Clocks => ({ wall, monotonic }),
    set: (millis: number): void => {
      wall += millis;
    },
    /** @param offset how far this phone is behind the server */
    ask(offset: number, there: number, thinking: number, back: number) {
      const asked = wall;
      pass(there);
      const heard = wall + offset;
      pass(thinking);
      const answered = wall + offset;
      pass(back);
      return { asked, heard, answered, received: wall };
    },
  };
}
