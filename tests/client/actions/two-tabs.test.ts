import { expect, test } from 'vitest';
import { openIncident } from '../../../client/actions/open-incident.ts';
import type { Phone } from '../../../client/actions/phone.ts';
import { createIncidentDoc } from '../../../shared/doc/incident-doc.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { at, NIGHT } from '../../support/device.ts';
import { AT_ONCE, createMemoryDisk, type MemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';
import { openTestPhone } from '../../support/test-phone.ts';

function open(disk: MemoryDisk, seed: number): Promise<Phone> {
  return openTestPhone({ log: disk.open(), seed });
}

/** A tab of the same phone whose disk takes nothing any more. */
async function openHanging(disk: MemoryDisk, seed: number): Promise<Phone> {
  const hanging = createMemoryDisk();
  await hanging.open().writeSetting('identity', await disk.open().readSetting('identity'));
  const log = hanging.open({
    ...AT_ONCE,
    transact: (kind, act) =>
      kind === 'write' ? new Promise(() => undefined) : AT_ONCE.transact(kind, act),
  });
  return openTestPhone({ log, seed });
}

test('[L4n] what a tab builds on is kept with what it wrote, also when it came from a tab that never stored it', async () => {
  const id = newIncidentId(NIGHT, createRandom(1).bytes);
  const disk = createMemoryDisk();
  const living = await openIncident(await open(disk, 2), id);
  const other = await openIncident(await openHanging(disk, 3), id);

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
  expect(new Set([...disk.waiting.values()].flatMap((row) => row.lines))).toEqual(new Set([line]));
  await Promise.all([living.close(), other.close()]);
});

test('[L4t] a line that came from another tab waits here too, also when that tab dies before it stored it', async () => {
  const id = newIncidentId(NIGHT, createRandom(4).bytes);
  const disk = createMemoryDisk();
  const living = await openIncident(await open(disk, 5), id);
  const other = await openIncident(await openHanging(disk, 6), id);
  other.run({ type: 'log', kind: 'action', text: 'Pool back to 40', occurred: at(NIGHT) });
  const [line] = living.doc.read.timeline();
  expect(line).toMatchObject({ text: 'Pool back to 40' });
  expect([...living.waiting.lines()]).toEqual([line?.id]);
  await expect.poll(() => [...disk.waiting.values()].map((row) => row.lines)).toEqual([[line?.id]]);
  await Promise.all([living.close(), other.close()]);
});
