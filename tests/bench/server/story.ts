/** What the clients write: entries made the way the app makes them, each as the update a phone would send. */

import { newIncidentId } from '../../../shared/domain/id.ts';
import { at, createDevice, type Device } from '../../support/device.ts';
import { createRandom } from '../../support/random.ts';
import { toMark } from './marks.ts';

const TEXT =
  'payments-eu: pool timeout on payments-db-eu, 11.4% of card payments fail, retry queue grows, wallets fine.';

const random = createRandom(Date.now());
let people = 0;
let marks = 0;

export type Entry = { readonly mark: number; readonly update: Uint8Array };

export function newRoom(): string {
  return newIncidentId(Date.now(), random.bytes);
}

/** A phone that has declared the incident. */
export function declare(): { readonly device: Device; readonly first: Entry } {
  const device = newDevice();
  const mark = nextMark();
  device.declare(`${toMark(mark)} Card payments failing at checkout, EU`);
  return { device, first: { mark, update: device.doc.encode() } };
}

/** Another phone, which knows what `other` knows. */
export function joinIncident(other: Device): Device {
  const device = newDevice();
  device.doc.apply(other.doc.encode(), 'remote');
  return device;
}

/** `count` entries in the order they were logged, each one update. */
export function logEntries(device: Device, count: number): readonly Entry[] {
  const updates: Uint8Array[] = [];
  const stop = device.doc.onUpdate((update) => updates.push(update));
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    const mark = nextMark();
    device.now += 1000;
    const text = `${toMark(mark)} ${TEXT}`;
    device.run({ type: 'log', kind: 'observation', text, occurred: at(device.now) });
    const update = updates.pop();
    if (!update) throw new Error('Logging a line made no update');
    entries.push({ mark, update });
  }
  stop();
  return entries;
}

function newDevice(): Device {
  people += 1;
  return createDevice('Ana Lind', random.below(2 ** 31) + people);
}

function nextMark(): number {
  marks += 1;
  return marks;
}
