import { expect, test } from 'vitest';
import { compact } from '../../../client/storage/compact.ts';
import { createIncidentDoc, type IncidentDoc } from '../../../shared/doc/incident-doc.ts';
import type { UpdateLog } from '../../../shared/doc/update-log.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';

const CHECKOUT = 'checkout';

async function readBack(log: UpdateLog): Promise<IncidentDoc> {
  const doc = createIncidentDoc();
  const { snapshot, updates } = await log.read(CHECKOUT);
  for (const row of snapshot ? [snapshot, ...updates] : updates) doc.apply(row.bytes, 'storage');
  return doc;
}

function textsOf(doc: IncidentDoc): readonly string[] {
  return doc.read.timeline().map((entry) => entry.text);
}

test('[S24] a phone that could not read its disk when it opened, and compacts later, keeps what was there', async () => {
  const log = createMemoryDisk().open();
  const ana = createDevice('ana');
  ana.log('Before');
  await log.append([{ doc: CHECKOUT, bytes: ana.doc.encode() }]);
  expect(await compact(log, CHECKOUT, ana.doc)).toBe(true);

  // Opened with nothing, because the disk did not answer.
  const later = createDevice('bo');
  later.log('After', { at: NIGHT + MINUTE });
  await log.append([{ doc: CHECKOUT, bytes: later.doc.encode() }]);
  expect(await compact(log, CHECKOUT, later.doc)).toBe(true);
  expect(textsOf(await readBack(log))).toEqual(['Before', 'After']);
});

test('[S24] a damaged row that could not be set aside is not compacted away', async () => {
  const log = createMemoryDisk().open();
  const ana = createDevice('ana');
  ana.log('Before');
  await log.append([{ doc: CHECKOUT, bytes: ana.doc.encode() }]);
  const before = await log.read(CHECKOUT);
  const damaged: UpdateLog = { ...log, read: async () => ({ ...before, damaged: 1 }) };
  expect(await compact(damaged, CHECKOUT, ana.doc)).toBe(false);
  expect(await log.read(CHECKOUT)).toEqual(before);
});
