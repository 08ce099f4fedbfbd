import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openIncident } from '../../../client/actions/open-incident.ts';
import type { PhoneLog } from '../../../client/storage/phone-log.ts';
import type { TabLocks } from '../../../client/storage/tab-lock.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { at, NIGHT } from '../../support/device.ts';
import { createMemoryDisk, type Pace } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';
import { openTestPhone } from '../../support/test-phone.ts';

const HALF_A_MINUTE = 30_000;
const ID = newIncidentId(NIGHT, createRandom(1).bytes);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Locks that nobody else holds, and that are there at once: the clock of these tests is not the browser's. */
const FREE: TabLocks = {
  areCertain: true,
  hold: () => () => undefined,
  take: async () => () => undefined,
  holdInPage: () => () => undefined,
};

type Disk = {
  readonly log: PhoneLog;
  state: 'sound' | 'hanging' | 'lost';
  /** Whether opening it anew helps. */
  isRevivable: boolean;
};

function createDisk(): Disk {
  const pace: Pace = {
    transact: async (_kind, act) => {
      if (disk.state === 'hanging') return new Promise<never>(() => undefined);
      if (disk.state === 'lost') throw new Error('the connection is closing');
      return act();
    },
    tell: (listener) => queueMicrotask(listener),
    async revive() {
      if (disk.isRevivable) disk.state = 'sound';
      return disk.state === 'sound';
    },
  };
  const disk: Disk = {
    log: createMemoryDisk().open(pace),
    state: 'sound',
    isRevivable: false,
  };
  return disk;
}

async function within<T>(millis: number, work: Promise<T>): Promise<T | 'nothing'> {
  const late = new Promise<'nothing'>((resolve) => {
    setTimeout(() => resolve('nothing'), millis);
  });
  const first = Promise.race([work, late]);
  await vi.advanceTimersByTimeAsync(millis);
  return first;
}

/** On a sound disk, by the clock of the test. */
async function soon<T>(work: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(1_000);
  return work;
}

test('[S27] the app opens, an incident opens and a line is taken on a disk that never answers', async () => {
  const disk = createDisk();
  disk.state = 'hanging';
  const phone = await within(HALF_A_MINUTE, openTestPhone({ log: disk.log, seed: 2 }));
  if (phone === 'nothing') throw new Error('the app did not open');
  const incident = await within(HALF_A_MINUTE, openIncident(phone, ID));
  if (incident === 'nothing') throw new Error('the incident did not open');
  const text = 'Pool back to 40';
  incident.run({ type: 'log', kind: 'action', text, occurred: at(NIGHT) });
  await vi.advanceTimersByTimeAsync(HALF_A_MINUTE);
  expect(phone.queue.state()).toMatchObject({ waits: 1, trouble: { why: 'lost' } });
});

test('[S27] a place for a draft is found on a disk that stops to answer while one is written', async () => {
  const disk = createDisk();
  const phone = await soon(openTestPhone({ log: disk.log, seed: 3, around: { tabs: FREE } }));
  disk.state = 'hanging';
  const draft = {
    text: 'Po',
    kind: 'action',
    firstTouch: 1,
    lastTouch: 1,
    occurred: null,
  } as const;
  phone.drafts.write({ ...draft, key: 'other' });
  const left = await within(
    HALF_A_MINUTE,
    phone.drafts.claimLeft('checkout').catch(() => null),
  );
  expect(left).toBeNull();
  const place = await within(HALF_A_MINUTE, phone.drafts.claimEmpty('checkout'));
  expect(place).toMatchObject({ key: expect.stringMatching(/^checkout#./), left: null });
});

test('[S28] whoever comes back finds the database open again, and what could not be stored is stored', async () => {
  const disk = createDisk();
  const wakers = new Set<() => void>();
  const onWake = (wake: () => void) => {
    wakers.add(wake);
    return () => wakers.delete(wake);
  };
  const phone = await soon(openTestPhone({ log: disk.log, seed: 4, around: { onWake } }));
  disk.state = 'lost';
  const bytes = new Uint8Array([1]);
  phone.queue.add({ doc: ID, bytes, lines: ['a'], spentDraft: null }, () => undefined);
  await vi.advanceTimersByTimeAsync(2 * HALF_A_MINUTE);
  expect(phone.queue.state().waits).toBe(1);

  disk.isRevivable = true;
  for (const wake of wakers) wake();
  await vi.advanceTimersByTimeAsync(10);
  expect(phone.queue.state()).toMatchObject({ waits: 0, trouble: null });
  expect(await disk.log.readWaiting(ID)).toHaveLength(1);
});
