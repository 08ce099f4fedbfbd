import { afterEach, expect, test, vi } from 'vitest';
import { openPhone, type Phone } from '../../../client/actions/phone.ts';
import { createRelay } from '../../../client/actions/relay.ts';
import { lookAround } from '../../../client/actions/surroundings.ts';
import { openSentLines } from '../../../client/storage/sent-lines.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

afterEach(() => vi.useRealTimers());

test('[N60] of a server that went back to a backup nobody is said to have seen what it lost', async () => {
  const log = createMemoryDisk().open();
  const phone = await open(() => Promise.reject(new Error('no network')), log);
  const sent = openSentLines(log, CHECKOUT, phone.report);
  sent.note(['line'], 40);
  await expect.poll(() => sent.positionOf('line')).toBe(40);
  expect(await phone.offers.heard(0)).toBe(false);
  expect(sent.positionOf('line')).toBe(40);
  expect(await phone.offers.heard(NIGHT)).toBe(true);
  await expect.poll(() => sent.positionOf('line')).toBeUndefined();
  expect(await phone.offers.heard(NIGHT)).toBe(false);
});

test('[N61] what the server did not take back is told, and sent again until it did', async () => {
  vi.useFakeTimers();
  const answers = [
    new Response('Try again', { status: 503, headers: { 'content-type': 'text/plain' } }),
    null,
    new Response('{}'),
  ];
  const opening = open(async () => {
    const answer = answers.shift();
    if (!answer) throw new Error('no network');
    return answer;
  });
  await vi.advanceTimersByTimeAsync(1_000); // who this phone is was asked
  const phone = await opening;
  let isTaken = false;
  const relay = createRelay(phone, CHECKOUT, createDevice('Bo').doc, () => {
    isTaken = true;
  });
  relay.send();
  await expect.poll(() => phone.offers.trouble()).toBe('Try again');
  expect(isTaken).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  await expect.poll(() => isTaken).toBe(true);
  expect(answers).toEqual([]);
  relay.close();
});

function open(
  fetch: (path: string, init: RequestInit) => Promise<Response>,
  log = createMemoryDisk().open(),
): Promise<Phone> {
  const random = createRandom(1);
  return openPhone({
    log,
    around: { ...lookAround(random.next), fetch },
    syncUrl: '',
    now: () => NIGHT,
    monotonic: () => NIGHT,
    random: random.next,
    randomBytes: random.bytes,
    onClock: () => undefined,
    onReport: () => undefined,
    onDraftFailed: () => undefined,
  });
}
