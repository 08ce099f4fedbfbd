import { expect, test } from 'vitest';
import { openClockWatch, type PhoneClock } from '../../../client/actions/phone-clock.ts';
import type { PhoneLog } from '../../../client/storage/phone-log.ts';
import { DAY, HOUR, MINUTE } from '../../../shared/domain/time.ts';
import { NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';

test('[T4d] what was measured last is kept over a restart, and is trusted less with age', async () => {
  const log = createMemoryDisk().open();
  const before = await openPhone(log, NIGHT);
  expect(before.clock.reading()).toBeNull();
  before.hear(7 * MINUTE);
  expect(before.clock.reading()).toMatchObject({ offset: 7 * MINUTE });

  await expect
    .poll(async () => (await openPhone(log, NIGHT + MINUTE)).clock.reading()?.offset)
    .toBe(7 * MINUTE);
  const dayLater = (await openPhone(log, NIGHT + DAY)).clock.reading();
  expect(dayLater?.offset).toBe(7 * MINUTE);
  expect(dayLater?.error).toBeGreaterThan(4_000);
  expect(dayLater?.error).toBeLessThan(5_000);
  // Older than when it was measured, it was set back by that much at least.
  const earlier = (await openPhone(log, NIGHT - HOUR)).clock.reading();
  expect(earlier?.offset).toBeGreaterThanOrEqual(7 * MINUTE + HOUR);
  expect(earlier?.error).toBeGreaterThanOrEqual(HOUR);
});

test('[T4h] a phone that slept without a network is corrected by what was measured last, and says how sure that is', async () => {
  const phone = await openPhone(createMemoryDisk().open(), NIGHT);
  phone.hear(7 * MINUTE);
  phone.sleep(4 * MINUTE);
  expect(phone.clock.reading()).toMatchObject({ offset: 7 * MINUTE });
  expect(phone.clock.reading()?.error).toBeGreaterThanOrEqual(4 * MINUTE);
  phone.sleep(8 * HOUR);
  expect(phone.clock.reading()).toMatchObject({ offset: 7 * MINUTE });
  expect(phone.clock.reading()?.error).toBeGreaterThanOrEqual(8 * HOUR);
  phone.hear(7 * MINUTE);
  expect(phone.clock.reading()?.error).toBeLessThan(100);
});

test('[T4i] after its clock jumped a phone asks the server again', async () => {
  const phone = await openPhone(createMemoryDisk().open(), NIGHT);
  phone.hear(0);
  let asked = 0;
  const stop = phone.clock.onMoved(() => {
    asked += 1;
  });
  phone.clock.reading();
  expect(asked).toBe(0);
  phone.sleep(HOUR);
  phone.clock.reading();
  phone.clock.reading();
  expect(asked).toBe(1);
  phone.sleep(-2 * HOUR);
  phone.clock.reading();
  expect(asked).toBe(2);
  stop();
  phone.sleep(HOUR);
  phone.clock.reading();
  expect(asked).toBe(2);
});

/** A phone whose wall clock goes on in sleep, and whose other clock stands still. */
async function openPhone(log: PhoneLog, start: number) {
  let wall = start;
  let monotonic = 1_000;
  const clock: PhoneClock = await openClockWatch({
    log,
    now: () => wall,
    monotonic: () => monotonic,
    onClock: () => undefined,
    onReport: () => undefined,
  });
  return {
    clock,
    sleep(millis: number) {
      wall += millis;
    },
    /** @param offset how far this phone is behind the server, which answers in 20 ms */
    hear(offset: number) {
      const asked = wall;
      wall += 20;
      monotonic += 20;
      const answered = asked + 10 + offset;
      clock.heard({ asked, heard: answered, answered, received: wall });
    },
  };
}
