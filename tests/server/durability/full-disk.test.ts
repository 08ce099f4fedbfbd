import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { decodeDirectoryPage, toDirectoryPath } from '../../../shared/protocol/directory.ts';
import { createDevice, type Device, NIGHT } from '../../support/device.ts';
import { hasFileLimit, limitFiles } from '../../support/file-limit.ts';
import { newFolder } from '../../support/folder.ts';
import { toHello } from '../../support/hello.ts';
import { createRandom } from '../../support/random.ts';
import { connectRaw, offer, type RawClient } from '../../support/raw-client.ts';
import { type ServerProcess, startProcess } from '../../support/server-process.ts';
import {
  connectReader,
  connectWriter,
  findMissing,
  readIncident,
  textsOf,
} from '../../support/witness.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);
const LINES_BEFORE = 20;
/** So much room is left when it gets tight: the disk is full in the middle of a transaction, and not between two. */
const ROOM_LEFT_BYTES = 70_000;
const TIMES = 3;

test.skipIf(!hasFileLimit)(
  '[DU3] a full disk is told to writers, loses nothing acknowledged, lets people read, and ends by itself',
  async () => {
    const dataDir = newFolder();
    const server = await startProcess({ DATA_DIR: dataDir });
    const url = `${server.syncUrl}/${CHECKOUT}`;
    const ana = createDevice('Ana Lind');
    const acknowledged: Uint8Array[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const writer = await connectWriter(url, ana);
      const reader = await connectReader(url);
      if (time === 0) ana.declare();
      for (let line = 0; line < LINES_BEFORE; line += 1) writer.write(`Before ${time}.${line}`);
      await writer.settled();

      limitFiles(server.pid, statSync(join(dataDir, 'logline.sqlite-wal')).size + ROOM_LEFT_BYTES);
      let tight = 0;
      writer.onAcknowledged = () => {
        tight += 1;
        writer.write(`Tight ${time}.${tight}`);
      };
      writer.write(`Tight ${time}.0`);
      expect(await writer.closed).toBe(4500);
      expect(await reader.closed).toBe(4500);
      expect(tight).toBeGreaterThan(0);
      acknowledged.push(...writer.acknowledged.map(({ update }) => update));

      // Who comes back is told again, and whoever reads gets what is on the disk.
      const again = await connectAs(url, ana);
      void offer(again, ana, 1);
      expect(await again.closed).toBe(4500);
      const doc = await readIncident(url);
      expect(findMissing(doc, acknowledged)).toEqual([]);
      expect(findMissing(doc, reader.seen)).toEqual([]);
      expect(await readDirectory(server)).toEqual([CHECKOUT]);

      limitFiles(server.pid, null);
      await offer(await connectAs(url, ana), ana, 2);
      expect(server.hasEnded()).toBe(false);
    }
    await server.kill();
    const after = await startProcess({ DATA_DIR: dataDir });
    const texts = textsOf(await readIncident(`${after.syncUrl}/${CHECKOUT}`));
    expect(ana.story().filter((line) => line.includes('.') && !texts.has(line))).toEqual([]);
  },
);

async function connectAs(url: string, device: Device): Promise<RawClient> {
  const client = await connectRaw(url);
  for (const frame of toHello(device.doc.ydoc.clientID)) client.send(frame);
  return client;
}

async function readDirectory(server: ServerProcess): Promise<readonly string[]> {
  const answer = await fetch(new URL(toDirectoryPath(0, 0, ''), server.url));
  return decodeDirectoryPage(await answer.json())?.rows.map(({ id }) => id) ?? [];
}
