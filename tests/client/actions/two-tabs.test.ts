import { expect, test } from 'vitest';
import { openIncident } from '../../../client/actions/open-incident.ts';
import { openPhone, type Phone } from '../../../client/actions/phone.ts';
import { lookAround } from '../../../client/actions/surroundings.ts';
import { createIncidentDoc } from '../../../shared/doc/incident-doc.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { ClientSocket } from '../../simulation/client-socket.ts';
import { at, NIGHT } from '../../support/device.ts';
import { AT_ONCE, createMemoryDisk, type MemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';

class NoSocket extends ClientSocket {
  constructor(url: string | URL) {
    super(url, () => ({ send: () => undefined, close: () => undefined }));
  }
}

function open(disk: MemoryDisk, seed: number, isHanging: boolean): Promise<Phone> {
  const random = createRandom(seed);
  return openPhone({
    log: disk.open({
      ...AT_ONCE,
      transact: (kind, act) =>
        isHanging && kind === 'write' ? new Promise(() => undefined) : AT_ONCE.transact(kind, act),
    }),
    around: { ...lookAround(random.next), WebSocket: NoSocket },
    syncUrl: 'ws://two-tabs/sync',
    now: () => NIGHT,
    monotonic: () => NIGHT,
    random: random.next,
    randomBytes: random.bytes,
    onClock: () => undefined,
    onReport: () => undefined,
    onDraftFailed: () => undefined,
  });
}

test('[L4n] what a tab builds on is kept with what it wrote, also when it came from a tab that never stored it', async () => {
  const id = newIncidentId(NIGHT, createRandom(1).bytes);
  const disk = createMemoryDisk();
  const living = await openIncident(await open(disk, 2, false), id);
  const dying = createMemoryDisk();
  const identity = await disk.open().readSetting('identity');
  await dying.open().writeSetting('identity', identity);
  const other = await openIncident(await open(dying, 3, true), id);

  const text = 'Pool back to 40';
  const decision = other.run({ type: 'log', kind: 'action', text, occurred: at(NIGHT) });
  expect(decision.ok).toBe(true);
  await expect.poll(() => living.doc.read.timeline().length).toBe(1);
  const line = living.doc.read.timeline()[0]?.id ?? '';
  living.run({ type: 'star', entry: line, on: true });
  await expect.poll(async () => (await disk.open().read(id)).updates.length).toBeGreaterThan(1);

  const doc = createIncidentDoc();
  for (const row of (await disk.open().read(id)).updates) doc.apply(row.bytes, 'storage');
  expect(doc.isWaiting()).toBe(false);
  expect(doc.read.entry(line)).toMatchObject({ text: 'Pool back to 40', starred: {} });
  expect([...disk.waiting.values()].flatMap((row) => row.lines)).toEqual([line]);
});
