/** A server that went back to a backup, and pages of the app that stay open meanwhile. */

import { expect, vi } from 'vitest';
import { backUp, restore } from '../../server/storage/backup.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import {
  encodeBarrier,
  encodeHello,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from '../../shared/protocol/frames.ts';
import { decodeLogRows, type LogRow } from '../../shared/protocol/log-rows.ts';
import {
  toHistoryPath,
  toSnapshotPath,
  toUpdateHeaders,
  toUpdatesPath,
} from '../../shared/protocol/side-doors.ts';
import { createDevice, type Device, NIGHT } from './device.ts';
import { newFolder } from './folder.ts';
import { createRandom } from './random.ts';
import { connectRaw, type RawClient } from './raw-client.ts';
import { startServer, type TestServer } from './server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

type Restored = { readonly server: TestServer; readonly ana: Device; readonly bo: Device };

/** Pages that stay open: each holds what both wrote, before the backup and after it. */
export async function backToTheBackup(
  before: (bo: Device) => void = (bo) => bo.log('Bo, before the backup'),
  after: (bo: Device) => void = (bo) => bo.log('Bo, after the backup'),
): Promise<Restored> {
  const server = await startServer();
  const [ana, bo] = [createDevice('Ana'), createDevice('Bo')];
  ana.declare();
  const [anas, bos] = [await openPage(server, ana), await openPage(server, bo)];
  await settled(anas);
  before(bo);
  await settled(bos);
  const file = `${newFolder()}/copy.sqlite`;
  backUp(server.dataDir, file);
  ana.log('Ana, after the backup');
  await settled(anas);
  after(bo);
  await settled(bos);
  await vi.waitFor(() => expect(ana.story()).toEqual(bo.story()));
  anas.close();
  bos.close();
  await server.stop();
  restore(server.dataDir, file, NIGHT);
  await server.start();
  return { server, ana, bo };
}

type OpenPage = RawClient & { readonly wait: () => Promise<unknown> };

/**
 * What a page of the app says and answers, in short.
 * @param mayRelay what others wrote goes no sooner
 */
export async function openPage(
  server: TestServer,
  device: Device,
  mayRelay: Promise<void> = Promise.resolve(),
): Promise<OpenPage> {
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`);
  const { doc, person } = device;
  const token = device.name.toLowerCase();
  let heard = 0;
  let barriers = 0;
  let isOpen = true;
  let tellAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    tellAsked = resolve;
  });

  async function relay(): Promise<void> {
    await mayRelay;
    const response = await post(server, device, doc.encode(), { isRelayed: true });
    if (response.status === 200) client.send(encodeStep1(doc.encodeStateVector()));
    else if (isOpen) setTimeout(relay, 100);
  }
  const listen = setInterval(() => {
    for (; heard < client.frames.length; heard += 1) {
      const frame = client.frames[heard];
      if (frame?.type === 'update') doc.apply(frame.update, 'remote');
      if (frame?.type !== 'step1') continue;
      client.send(encodeStep2(doc.encode(frame.stateVector)));
      tellAsked();
    }
  }, 5);
  client.next((_frame, [type, what]) => type === 100 && what === 8).then(relay);
  const stop = doc.onUpdate((update, source) => {
    if (source === 'local') client.send(encodeUpdate(update));
  });
  void client.closed.then(() => {
    isOpen = false;
    clearInterval(listen);
    stop();
  });
  client.send(encodeHello({ token, person, device: device.device, client: doc.ydoc.clientID }));
  client.send(encodeStep1(doc.encodeStateVector()));
  await asked; // and answered: before that the server's word would not be about what was written offline
  return {
    ...client,
    frames: client.frames,
    wait() {
      barriers += 1;
      const number = 10 + barriers;
      client.send(encodeBarrier(number));
      return client.next((_frame, [a, b, c]) => a === 100 && b === 1 && c === number);
    },
  };
}

export async function settled(page: OpenPage): Promise<void> {
  await page.wait();
}

export async function storyOf(server: TestServer): Promise<readonly string[]> {
  return (await readServer(server)).story();
}

export async function readServer(server: TestServer): Promise<Device> {
  const response = await fetch(new URL(toSnapshotPath(CHECKOUT), server.url));
  const reader = createDevice('Reader', 99);
  reader.doc.apply(new Uint8Array(await response.arrayBuffer()), 'remote');
  return reader;
}

export async function rowsOf(server: TestServer): Promise<readonly LogRow[]> {
  const response = await fetch(new URL(toHistoryPath(CHECKOUT), server.url));
  return decodeLogRows(new Uint8Array(await response.arrayBuffer()));
}

/** Whatever the server could have said by now, it has said. */
export async function roundTrip(server: TestServer): Promise<void> {
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`);
  client.send(encodeBarrier(1));
  await client.next((_frame, [type, what]) => type === 100 && what === 1);
}

/** An update by http. */
export function post(
  server: TestServer,
  { name, person }: Device,
  update: Uint8Array,
  { isRelayed = false } = {},
): Promise<Response> {
  return fetch(new URL(toUpdatesPath(CHECKOUT), server.url), {
    method: 'POST',
    headers: toUpdateHeaders({ token: name.toLowerCase(), person }, isRelayed),
    body: update.slice(),
  });
}
