import { expect, test } from 'vitest';
import { newIncidentId } from '../../shared/domain/id.ts';
import { DAY, MINUTE } from '../../shared/domain/time.ts';
import { encodeHello, encodeStep1 } from '../../shared/protocol/frames.ts';
import { createDevice, type Device, NIGHT } from '../support/device.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw, isUpdate, offer, type RawClient } from '../support/raw-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

test('[N50] a phone that was away for ninety days brings its five hundred lines, and everybody has everything', async () => {
  const server = await startServer();
  const [ana, bo] = [createDevice('Ana'), createDevice('Bo', 8)];
  ana.declare();
  await offer(await enterAs(server, 'ana', ana), ana, 1);
  bo.doc.apply(ana.doc.encode(), 'remote');
  for (let line = 0; line < 500; line += 1) bo.log(`alone ${line}`);

  ana.now = NIGHT + 90 * DAY;
  const client = await enterAs(server, 'ana', ana);
  for (let line = 0; line < 60; line += 1) {
    ana.log(`meanwhile ${line}`);
    await offer(client, ana, 2 + line);
  }
  await server.stop();
  await server.start();

  bo.now = NIGHT + 90 * DAY + MINUTE;
  await meetServer(server, 'bo', bo);
  await meetServer(server, 'ana', ana);
  expect(bo.story()).toEqual(ana.story());
  expect(ana.story().filter((line) => line.startsWith('alone'))).toHaveLength(500);
  expect(ana.story().filter((line) => line.startsWith('meanwhile'))).toHaveLength(60);
});

test('[N51] a profile that was copied to two devices writes from both, and nothing is lost', async () => {
  const server = await startServer();
  const ana = createDevice('Ana');
  ana.declare();
  ana.log('Before the copy, never sent');
  // Everything a profile holds, lines that wait too; a page of its own, so another Yjs client id.
  const copies = [createDevice('Ana', 71), createDevice('Ana', 72)].map((copy) => ({
    ...copy,
    person: ana.person,
    device: ana.device,
  }));
  for (const [index, copy] of copies.entries()) {
    copy.doc.apply(ana.doc.encode(), 'storage');
    copy.log(`From copy ${index}`);
  }
  for (const copy of copies) await meetServer(server, 'ana', copy);
  for (const copy of copies) await meetServer(server, 'ana', copy);
  const [one, two] = copies;
  expect(one?.story()).toEqual(two?.story());
  expect(one?.story().toSorted()).toEqual(
    [...ana.story(), 'From copy 0', 'From copy 1'].toSorted(),
  );
});

async function enterAs(server: TestServer, token: string, device: Device): Promise<RawClient> {
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`);
  const { person, doc } = device;
  client.send(encodeHello({ token, device: device.device, person, client: doc.ydoc.clientID }));
  return client;
}

/** Both ways, until the server says that everything of it is on its disk. */
async function meetServer(server: TestServer, token: string, device: Device): Promise<void> {
  const client = await enterAs(server, token, device);
  await offer(client, device, 99);
  client.send(encodeStep1(device.doc.encodeStateVector()));
  await client.next((frame) => frame.type === 'update' && frame.isStep2);
  for (const frame of client.frames) if (isUpdate(frame)) device.doc.apply(frame.update, 'remote');
  client.close();
}
