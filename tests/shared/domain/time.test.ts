import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOccurred } from '../../../shared/doc/origin.ts';
import {
  DAY,
  endOfDay,
  HOUR,
  isZone,
  MINUTE,
  toDayKey,
  toInstant,
  toWallTime,
} from '../../../shared/domain/time.ts';
import {
  toAgo,
  toClock,
  toClockOrDay,
  toDayName,
  toElapsed,
  toLengthWords,
  toOffset,
} from '../../../shared/domain/time-words.ts';
import { BERLIN, NIGHT } from '../../support/device.ts';

const ZONES = ['UTC', BERLIN, 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia'];

describe('zones', () => {
  test('[T6a] every minute reads the same after a trip through the wall clock of any zone', () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 365 * 40 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...ZONES), (minute, zone) => {
        const instant = minute * MINUTE;
        const back = toInstant(toWallTime(instant, zone), zone);
        expect(toWallTime(back, zone)).toEqual(toWallTime(instant, zone));
      }),
    );
  });

  test('[T6b] a wall time skipped by daylight saving lands after the gap', () => {
    const skipped = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
    expect(toClock(toInstant(skipped, BERLIN), BERLIN)).toBe('03:30');
  });

  test('[T6b] a wall time shown twice is the earlier one', () => {
    const twice = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 };
    expect(toInstant(twice, BERLIN)).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });

  test('[T6c] a day has 23 hours when the clock goes forward and 25 when it goes back', () => {
    const lengthOf = (noon: number): number => {
      const last = endOfDay(noon, BERLIN);
      return last - endOfDay(noon - DAY, BERLIN);
    };
    expect(lengthOf(Date.UTC(2026, 2, 29, 12))).toBe(23 * HOUR);
    expect(lengthOf(Date.UTC(2026, 9, 25, 12))).toBe(25 * HOUR);
  });

  test('[T6d] the day changes where the viewer is, not where the phone was', () => {
    const late = Date.UTC(2026, 10, 13, 23, 30);
    expect(toDayKey(late, 'UTC')).toBe('2026-11-13');
    expect(toDayKey(late, BERLIN)).toBe('2026-11-14');
    expect(toDayName(late, BERLIN, NIGHT)).toBe('Sat 14 Nov');
    expect(toDayName(late, BERLIN, NIGHT + 365 * DAY)).toBe('Sat 14 Nov 2026');
  });

  test('[T6e] only real zone names are taken', () => {
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Berlin, probably')).toBe(false);
    expect(isZone('')).toBe(false);
    expect(isZone(42)).toBe(false);
  });

  test('[T6h] a zone this device does not know is read as UTC, and hides nothing', () => {
    expect(toClock(NIGHT, 'America/Newtown')).toBe('01:41');
    const stored = [NIGHT, null, 'America/Newtown', 1, 2];
    expect(decodeOccurred(stored)).toMatchObject({ at: NIGHT, zone: 'America/Newtown' });
  });
});

describe('words', () => {
  test('[T7a] offsets are cut to the minute and carry a real minus sign', () => {
    expect(toOffset(43 * MINUTE + 59_000)).toBe('+0:43');
    expect(toOffset(-169 * MINUTE)).toBe('−2:49');
    expect(toOffset(-20_000)).toBe('+0:00');
    expect(toOffset(99 * HOUR + 59 * MINUTE)).toBe('+99:59');
    expect(toOffset(100 * HOUR)).toBe('+4 d');
    expect(toOffset(-10_194 * DAY - HOUR)).toBe('−10194 d');
    expect(toElapsed(43 * MINUTE + 12_000)).toBe('0:43:12');
    expect(toElapsed(30 * HOUR)).toBe('30:00:00');
  });

  test('[T7b] lengths read as people say them', () => {
    expect(toLengthWords(45_000)).toBe('45 s');
    expect(toLengthWords(40 * MINUTE)).toBe('40 min');
    expect(toLengthWords(169 * MINUTE)).toBe('2 h 49 min');
    expect(toLengthWords(76 * HOUR)).toBe('3 d 4 h');
    expect(toAgo(NIGHT - 3 * MINUTE, NIGHT)).toBe('3 min ago');
    expect(toAgo(NIGHT - 10_000, NIGHT)).toBe('now');
    expect(toAgo(NIGHT + 2 * HOUR, NIGHT)).toBe('in 2 h');
    expect(toClockOrDay(NIGHT - DAY, BERLIN, NIGHT)).toBe('13 Nov 02:41');
  });
});
