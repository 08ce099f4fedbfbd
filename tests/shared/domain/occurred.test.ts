import { describe, expect, test } from 'vitest';
import {
  correctOccurred,
  isOccurred,
  toColumnClock,
  toOccurredWords,
  toSortInstant,
} from '../../../shared/domain/occurred.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { at, BERLIN, NIGHT } from '../../support/device.ts';

const SLOW_BY_FIVE = { offset: 5 * MINUTE, error: 40 };

describe('occurred', () => {
  test('[T1a] a day is never shown as 00:00', () => {
    const midnight = Date.UTC(2026, 10, 13, 23);
    const day = at(midnight, { precision: 'day' });
    for (const zone of ['UTC', BERLIN, 'America/New_York']) {
      const shown = `${toColumnClock(day, zone)} ${toOccurredWords(day, zone, NIGHT)}`;
      expect(shown).not.toMatch(/\d\d:\d\d/);
      expect(shown).toContain('14 Nov');
    }
  });

  test('[T1b] what is not exact says so', () => {
    const about = at(NIGHT, { precision: 'fiveMinutes' });
    expect(toColumnClock(about, BERLIN)).toBe('~02:41');
    expect(toOccurredWords(about, BERLIN, NIGHT)).toBe(
      'about 02:41, give or take 5 min, Sat 14 Nov',
    );
    const range = at(NIGHT, { precision: 'range', until: NIGHT + 9 * MINUTE });
    expect(toColumnClock(range, BERLIN)).toBe('02:41–');
    expect(toOccurredWords(range, BERLIN, NIGHT)).toBe('02:41 to 02:50, Sat 14 Nov');
  });

  test('[T4a] only a time read off the phone is corrected by its clock offset', () => {
    const corrected = (basis: 'firstTouch' | 'relative' | 'exact' | 'source' | 'imported') =>
      correctOccurred(at(NIGHT, { basis }), SLOW_BY_FIVE).at - NIGHT;
    expect(corrected('firstTouch')).toBe(5 * MINUTE);
    expect(corrected('relative')).toBe(5 * MINUTE);
    expect(corrected('exact')).toBe(0);
    expect(corrected('source')).toBe(0);
    expect(corrected('imported')).toBe(0);
  });

  test('[T5a] a range sorts by its start and a day at the end of its own day', () => {
    const range = at(NIGHT, { precision: 'range', until: NIGHT + 60 * MINUTE });
    expect(toSortInstant(range)).toBe(NIGHT);
    const day = at(NIGHT, { precision: 'day' });
    expect(toSortInstant(day)).toBe(Date.UTC(2026, 10, 14, 23) - 1);
  });

  test('[T1c] a time that cannot be one is told apart', () => {
    expect(isOccurred(at(NIGHT))).toBe(true);
    expect(isOccurred(at(Number.NaN))).toBe(false);
    expect(isOccurred(at(NIGHT, { zone: 'Berlin, probably' }))).toBe(false);
    expect(isOccurred(at(NIGHT, { precision: 'range', until: NIGHT - 1 }))).toBe(false);
  });
});
