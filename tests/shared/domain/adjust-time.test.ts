import { expect, test } from 'vitest';
import {
  parseWallRange,
  parseWallTime,
  shiftMinutes,
  toFirstTouch,
  toMinutesAgo,
  toWallFields,
  withPrecision,
} from '../../../shared/domain/adjust-time.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { at, BERLIN, NIGHT } from '../../support/device.ts';

test('[T3b] minutes ago count from now, and stay correctable as long as the phone said what now is', () => {
  expect(toMinutesAgo(NIGHT, 5, BERLIN)).toMatchObject({
    at: NIGHT - 5 * MINUTE,
    precision: 'minute',
    basis: 'relative',
  });
  expect(toMinutesAgo(NIGHT, 0, BERLIN)).toEqual(toFirstTouch(NIGHT, BERLIN));
  expect(shiftMinutes(toFirstTouch(NIGHT, BERLIN), -1)).toMatchObject({
    at: NIGHT - MINUTE,
    basis: 'relative',
    precision: 'minute',
  });
  expect(shiftMinutes(at(NIGHT, { basis: 'source' }), 1).basis).toBe('exact');
});

test('[T3c] a range moves as one, and "about" and day-only are a choice away', () => {
  const range = withPrecision(toFirstTouch(NIGHT, BERLIN), 'range');
  expect(shiftMinutes(range, -15)).toMatchObject({
    at: NIGHT - 15 * MINUTE,
    until: NIGHT - 10 * MINUTE,
    precision: 'range',
  });
  expect(withPrecision(range, 'fiveMinutes')).toMatchObject({ until: null });
  expect(shiftMinutes(withPrecision(range, 'day'), 1).precision).toBe('minute');
});

test('[T3d] a typed date and time is read in the zone the person sees, and nonsense is no time', () => {
  expect(parseWallTime('2026-11-14', '02:41', BERLIN)).toBe(NIGHT);
  expect(parseWallTime('2026-11-14', '01:41', 'UTC')).toBe(NIGHT);
  expect(toWallFields(NIGHT, BERLIN)).toEqual({ day: '2026-11-14', clock: '02:41' });
  expect(parseWallTime('', '02:41', BERLIN)).toBeNull();
  expect(parseWallTime('2026-11-14', '', BERLIN)).toBeNull();
  for (const day of ['0002-11-14', '1969-12-31', '275760-01-01']) {
    expect(parseWallTime(day, '02:41', BERLIN)).toBeNull();
  }
  expect(parseWallTime('2026-11-14', '99:99', BERLIN)).toBeNull();
});

test('[T3g] a range past midnight ends on the next day, also when a clock is moved that night', () => {
  const lengths = ['2026-11-14', '2026-10-25', '2026-03-29'].map((day) => {
    const range = parseWallRange(day, '23:50', '00:10', BERLIN);
    return range && range.until - range.at;
  });
  expect(lengths).toEqual([20 * MINUTE, 20 * MINUTE, 20 * MINUTE]);
});
