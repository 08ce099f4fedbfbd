import { expect, test, vi } from 'vitest';
import { backUp, restore } from '../../server/storage/backup.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import {
  encodeBarrier,
  encodeHello,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from '../../shared/protocol/frames.ts';
import {
  toSnapshotPath,
  toUpdateHeaders,
  toUpdatesPath,
} from '../../shared/protocol/side-doors.ts';
import { createDevice, type Device, NIGHT } from '../support/device.ts';
import { newFolder } from '../support/folder.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw, type RawClient } from '../support/raw-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

/** Pages that stay open: each holds what both wrote, before the backup and after it. */
async function backToTheBackup(): Promise<{ server: TestServer; ana: Device; bo: Device }> {
  const server = await startServer();
  const [ana, bo] = [createDevice('Ana'), createDevice('Bo')];
  ana.declare();
  const [anas, bos] = [await openPage(server, ana), await openPage(server, bo)];
  await settled(anas);
  bo.log('Bo, before the backup');
  await settled(bos);
  const file = `${newFolder()}/copy.sqlite`;
  backUp(server.dataDir, file);
  ana.log('Ana, after the backup');
  await settled(anas);
  bo.log('Bo, after the backup');
  await settled(bos);
  await vi.waitFor(() => expect(ana.story()).toEqual(bo.story()));
  anas.close();
  bos.close();
  await server.stop();
  restore(server.dataDir, file, NIGHT);
  await server.start();
  return { server, ana, bo };
}

test('[N63] of two pages that stay open over a restore each brings what is theirs, and both go on', async () => {
  const { server, ana, bo } = await backToTheBackup();
  const before = ana.story();
  const [anas, bos] = [await openPage(server, ana), await openPage(server, bo)];
  await vi.waitFor(async () => expect(await storyOf(server)).toEqual(before), 15_000);
  ana.log('Ana goes on');
  bo.log('Bo goes on');
  await Promise.all([settled(anas), settled(bos)]);
  await vi.waitFor(() => expect(ana.story()).toEqual(bo.story()));
  expect(await storyOf(server)).toEqual(ana.story());
});

test('[N63] one page alone brings what both wrote, and the other, back at last, is who they were', async () => {
  const { server, ana, bo } = await backToTheBackup();
  const before = ana.story();
  // Ana's page was opened before the backup, and Bo's id is new to the server: he is not her, whoever comes first.
  const anas = await openPage(server, ana);
  await vi.waitFor(async () => expect(await storyOf(server)).toEqual(before), 15_000);
  const bos = await openPage(server, bo);
  bo.log('Bo goes on');
  await settled(bos);
  ana.log('Ana goes on');
  await settled(anas);
  await vi.waitFor(() => expect(ana.story()).toEqual(bo.story()));
  expect(await storyOf(server)).toEqual(ana.story());
});

type OpenPage = RawClient & { readonly wait: () => Promise<unknown> };

/** What a page of the app says and answers, in short. */
async function openPage(server: TestServer, device: Device): Promise<OpenPage> {
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`);
  const { doc, person } = device;
  const token = device.name.toLowerCase();
  let heard = 0;
  let barriers = 0;
  let isOpen = true;

  async function relay(): Promise<void> {
    const response = await fetch(new URL(toUpdatesPath(CHECKOUT), server.url), {
      method: 'POST',
      headers: toUpdateHeaders({ token, person }, true),
      body: doc.encode().slice(),
    });
    if (response.status === 200) client.send(encodeStep1(doc.encodeStateVector()));
    else if (isOpen) setTimeout(relay, 100);
  }
  const listen = setInterval(() => {
    for (; heard < client.frames.length; heard += 1) {
      const frame = client.frames[heard];
      if (frame?.type === 'update') doc.apply(frame.update, 'remote');
      if (frame?.type === 'step1') client.send(encodeStep2(doc.encode(frame.stateVector)));
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
  await client.next((frame) => frame.type === 'step1');
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

async function settled(page: OpenPage): Promise<void> {
  await page.wait();
}

async function storyOf(server: TestServer): Promise<readonly string[]> {
  const response = await fetch(new URL(toSnapshotPath(CHECKOUT), server.url));
  const reader = createDevice('Reader', 99);
  reader.doc.apply(new Uint8Array(await response.arrayBuffer()), 'remote');
  return reader.story();
}
