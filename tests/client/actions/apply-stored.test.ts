import { expect, test } from 'vitest';
import { applyStored } from '../../../client/actions/apply-stored.ts';
import { compact } from '../../../client/storage/compact.ts';
import { createIncidentDoc } from '../../../shared/doc/incident-doc.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';
import { openTestPhone } from '../../support/test-phone.ts';

const ID = newIncidentId(NIGHT, createRandom(1).bytes);

async function storeTwoLines() {
  const disk = createMemoryDisk();
  const log = disk.open();
  const ana = createDevice('ana');
  const bo = createDevice('bo');
  ana.log('Read');
  bo.log('Damaged');
  const [read = 0, damaged = 0] = await log.append([
    { doc: ID, bytes: ana.doc.encode() },
    { doc: ID, bytes: bo.doc.encode() },
  ]);
  const phone = await openTestPhone({ log, seed: 2 });
  return { disk, log, phone, ana, read, damaged };
}

test('[S29] a line whose row was damaged goes on waiting, also after what is left was compacted', async () => {
  const { disk, log, phone, ana, read, damaged } = await storeTwoLines();
  disk.damage('updates', ID, damaged);
  const first = await applyStored(phone, ID, createIncidentDoc(), await log.read(ID));
  expect([first.has(read), first.has(damaged)]).toEqual([true, false]);

  ana.log('Later');
  const [later = 0] = await log.append([{ doc: ID, bytes: ana.doc.encode() }]);
  expect(await compact(log, ID, ana.doc)).toBe(true);
  const { has } = await applyStored(phone, ID, createIncidentDoc(), await log.read(ID));
  expect([has(read), has(damaged), has(later)]).toEqual([true, false, true]);
});

test('[S29] lines in a snapshot that was damaged go on waiting, and what was read is covered', async () => {
  const { disk, log, phone, ana, read, damaged } = await storeTwoLines();
  expect(await compact(log, ID, ana.doc)).toBe(true);
  disk.damage('snapshots', ID, damaged);
  expect((await log.read(ID)).damaged).toBe(1);
  const later = createDevice('chen');
  later.log('Later');
  const [position = 0] = await log.append([{ doc: ID, bytes: later.doc.encode() }]);
  expect(await compact(log, ID, later.doc)).toBe(true);
  const { has } = await applyStored(phone, ID, createIncidentDoc(), await log.read(ID));
  expect([has(read), has(damaged), has(position)]).toEqual([false, false, true]);
});
