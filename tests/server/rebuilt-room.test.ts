import { expect, test, vi } from 'vitest';
import { createLog } from '../../server/log.ts';
import { openSqliteStore } from '../../server/storage/open-sqlite.ts';
import type { Member } from '../../server/sync/member.ts';
import { createRooms } from '../../server/sync/rooms.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import { createDevice, type Device, NIGHT } from '../support/device.ts';
import { newFolder } from '../support/folder.ts';
import { createRandom } from '../support/random.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

test('[N62] while a document is read anew, nobody is told of what is not on the disk', async () => {
  const store = openSqliteStore(newFolder(), () => NIGHT);
  const ana = createDevice('Ana');
  ana.declare();
  await store.append([{ doc: CHECKOUT, bytes: ana.doc.encode() }]);
  const told: string[] = [];
  let held: (() => void)[] = [];
  const rooms = createRooms({
    store: {
      ...store,
      async commit(batch) {
        if (batch.updates.length > 0) await new Promise<void>((resolve) => held.push(resolve));
        const committed = await store.commit(batch);
        told.push(...batch.updates.map(() => 'on the disk'));
        return committed;
      },
    },
    log: createLog('silent'),
    now: () => NIGHT,
    compact: async () => null,
    onDirectory: () => undefined,
  });
  const room = await rooms.enter(CHECKOUT);
  const [first, faulty, asking] = [member(told), member(told), member(told)];
  for (const one of [first, faulty, asking]) room.join(one);
  await new Promise<void>((resolve) => room.use(() => resolve()));

  const [bo, chen, dua] = [follower(ana, 11), follower(ana, 12), follower(ana, 13)];
  room.receive(first, { type: 'update', isStep2: false, update: next(bo, 'On its way') });
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const doc = room.doc();
  if (!doc) throw new Error('no document');
  Object.assign(doc, {
    apply() {
      throw new Error('half applied');
    },
  });
  room.receive(faulty, { type: 'update', isStep2: false, update: next(chen, 'Throws') });
  room.receive(asking, { type: 'update', isStep2: false, update: next(dua, 'Behind it') });
  room.receive(asking, { type: 'barrier', number: 7 });
  await vi.waitFor(() => {
    for (const goOn of held) goOn();
    held = [];
    expect(told).toContain('reached');
  });
  expect(told.filter((word) => word !== 'sent away')).toEqual([
    'on the disk',
    'on the disk',
    'reached',
  ]);
  expect(told).toContain('sent away');
  await rooms.close();
  await store.close();
});

function member(told: string[]): Member {
  return {
    send([type, what]) {
      if (type === 100 && what === 1) told.push('reached');
    },
    sendFramed: () => undefined,
    close: () => told.push('sent away'),
  };
}

function follower(of: Device, seed: number): Device {
  const device = createDevice('Follower', seed);
  device.doc.apply(of.doc.encode(), 'remote');
  return device;
}

function next(device: Device, text: string): Uint8Array {
  const before = device.doc.encodeStateVector();
  device.log(text);
  return device.doc.encode(before);
}
