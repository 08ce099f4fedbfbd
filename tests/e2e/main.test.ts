import { once } from 'node:events';
import { expect, test } from 'vitest';
import { newIncidentId } from '../../shared/domain/id.ts';
import {
  BARRIER_TYPE,
  encodeStep1,
  encodeTimeQuestion,
  encodeUpdate,
} from '../../shared/protocol/frames.ts';
import { createDevice, NIGHT } from '../support/device.ts';
import { newFolder } from '../support/folder.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw, isUpdate, offer } from '../support/raw-client.ts';
import { launch, startProcess } from '../support/server-process.ts';

/** What a frame of the barrier's type is that says the time. */
const TIME = 3;
const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

test('[N19] a bad setting ends the start with exit code 1 and the sentence that helps', async () => {
  const { child, output } = launch({ PORT: 'http' });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(output()).toContain('PORT is "http". Set it to a whole number from 0 to 65535.');
});

test('[N20] Ctrl-C takes no new sockets, commits what came and exits 0', async () => {
  const folder = newFolder();
  const first = await startProcess({ DATA_DIR: folder });
  const { syncUrl } = first;
  const device = createDevice('Ana');
  device.declare();
  const client = await connectRaw(`${syncUrl}/${CHECKOUT}`);
  await offer(client, device, 1);
  for (let line = 0; line < 50; line += 1) {
    const before = device.doc.encodeStateVector();
    device.log(`line ${line}`);
    client.send(encodeUpdate(device.doc.encode(before)));
  }
  // What the time is, the server says at once: then it has heard the lines, whether or not they are on its disk.
  client.send(encodeTimeQuestion(7));
  await client.next((_frame, bytes) => bytes[0] === BARRIER_TYPE && bytes[1] === TIME);

  first.child.kill('SIGINT');
  const [code] = await once(first.child, 'close');
  expect(code).toBe(0);
  expect(await client.closed).toBe(1001);
  const refused = await connectRaw(`${syncUrl}/${CHECKOUT}`);
  expect(await refused.closed).toBe(1006);

  expect(await readStory(folder)).toEqual(device.story());
});

test('[N21] what was acknowledged survives the process being killed', async () => {
  const folder = newFolder();
  const first = await startProcess({ DATA_DIR: folder });
  const device = createDevice('Ana');
  device.declare();
  device.log('Pool size is 20');
  const client = await connectRaw(`${first.syncUrl}/${CHECKOUT}`);
  await offer(client, device, 1);
  await first.kill();
  expect(await readStory(folder)).toEqual(device.story());
});

async function readStory(folder: string): Promise<readonly string[]> {
  const { syncUrl } = await startProcess({ DATA_DIR: folder });
  const reader = createDevice('Reader', 4);
  const client = await connectRaw(`${syncUrl}/${CHECKOUT}`);
  client.send(encodeStep1(reader.doc.encodeStateVector()));
  const step2 = await client.next(isUpdate);
  if (isUpdate(step2)) reader.doc.apply(step2.update, 'remote');
  return reader.story();
}
