import { expect, test, vi } from 'vitest';
import { openPhone, type Phone } from '../../../client/actions/phone.ts';
import { lookAround } from '../../../client/actions/surroundings.ts';
import { AT_ONCE, createMemoryDisk, type MemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';
import { openTestPhone } from '../../support/test-phone.ts';

/** @param tabs those of one name hear each other; otherwise the page before is gone */
function open(
  disk: MemoryDisk,
  seed: number,
  isBroken: (kind: string) => boolean,
  tabs: string = crypto.randomUUID(),
): Promise<Phone> {
  const random = createRandom(seed);
  return openPhone({
    log: disk.open({
      ...AT_ONCE,
      transact: async (kind, act) => {
        if (isBroken(kind)) throw new Error('the connection is closing');
        return act();
      },
    }),
    around: {
      ...lookAround(random.next),
      openChannel: (name) => new BroadcastChannel(`${tabs} ${name}`),
    },
    syncUrl: '',
    now: Date.now,
    monotonic: () => performance.now(),
    random: random.next,
    randomBytes: random.bytes,
    onClock: () => undefined,
    onReport: () => undefined,
    onDraftFailed: () => undefined,
  });
}

/** By the clock of the test. */
async function soon<T>(opening: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(1_000);
  return opening;
}

test('[S16] a disk that failed while the app opened does not make another device of this one', async () => {
  const disk = createMemoryDisk();
  const first = await open(disk, 1, () => false);
  let failures = 0;
  const second = await open(disk, 2, () => {
    failures += 1;
    return failures === 1;
  });
  expect(second.identity()).toEqual(first.identity());
});

test('[S17] who the phone made itself while its disk was full is kept as soon as there is room', async () => {
  vi.useFakeTimers();
  const disk = createMemoryDisk();
  let isFull = true;
  const first = await soon(open(disk, 1, (kind) => isFull && kind === 'write'));
  isFull = false;
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  const second = await open(disk, 2, () => false);
  expect(second.identity()).toEqual(first.identity());
});

test('[S18] tabs that open at once on a new phone are one device', async () => {
  const disk = createMemoryDisk();
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map((seed) => open(disk, seed, () => false, 'at once')),
  );
  for (const tab of [second, third]) expect(tab?.identity()).toEqual(first?.identity());
});

test('[S18] so are they while the disk keeps nothing, also when it can again by then', async () => {
  const disk = createMemoryDisk();
  let isFull = true;
  const faults = (kind: string): boolean => isFull && kind === 'write';
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map((seed) => open(disk, seed, faults, 'side')),
  );
  const fourth = await open(disk, 4, faults, 'side');
  isFull = false;
  const fifth = await open(disk, 5, faults, 'side');
  for (const tab of [second, third, fourth, fifth])
    expect(tab?.identity()).toEqual(first?.identity());
});

test('[S39] where the browser lets no page talk to another, the app opens all the same', async () => {
  const disk = createMemoryDisk();
  const log = disk.open();
  const openChannel = (): never => {
    throw new DOMException('storage is blocked', 'SecurityError');
  };
  const first = await openTestPhone({ log, seed: 1, around: { openChannel } });
  const second = await openTestPhone({ log, seed: 2, around: { openChannel } });
  expect(second.identity()).toEqual(first.identity());
});

test('[S26] giving a name makes no other device of a phone whose disk had failed', async () => {
  const disk = createMemoryDisk();
  const first = await open(disk, 1, () => false);
  let isLost = true;
  const second = await open(disk, 2, () => isLost);
  expect(second.identity().device).not.toBe(first.identity().device);
  isLost = false;
  await second.rename('Ana Lind');
  const third = await open(disk, 3, () => false);
  expect(third.identity()).toEqual({ ...first.identity(), name: 'Ana Lind' });
});

test('[S17] with the name that was given meanwhile', async () => {
  vi.useFakeTimers();
  const disk = createMemoryDisk();
  let isLost = true;
  const first = await soon(open(disk, 1, () => isLost));
  await expect(first.rename('Ana Lind')).rejects.toThrow();
  isLost = false;
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  const second = await open(disk, 2, () => false);
  expect(second.identity()).toEqual({ ...first.identity(), name: 'Ana Lind' });
});
