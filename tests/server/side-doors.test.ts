import { execFile } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { backUp, restore } from '../../server/storage/backup.ts';
import { openSqliteStore } from '../../server/storage/open-sqlite.ts';
import { toDoc } from '../../server/sync/room-doc.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import {
  type DirectoryPage,
  decodeDirectoryPage,
  toDirectoryPath,
} from '../../shared/protocol/directory.ts';
import { encodeBarrier, encodeHello, encodeStep2 } from '../../shared/protocol/frames.ts';
import { decodeLogRows } from '../../shared/protocol/log-rows.ts';
import {
  toHistoryPath,
  toSnapshotPath,
  toUpdateHeaders,
  toUpdatesPath,
} from '../../shared/protocol/side-doors.ts';
import { createDevice, type Device, NIGHT } from '../support/device.ts';
import { newFolder } from '../support/folder.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw, offer, type RawClient } from '../support/raw-client.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { connectWriter, findMissing } from '../support/witness.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);
const run = promisify(execFile);

describe('side doors', () => {
  test('[N47] everything packed with a tag, updates on the disk when answered, and the history', async () => {
    const server = await startServer();
    expect((await get(server, toSnapshotPath(CHECKOUT))).status).toBe(404);
    expect((await get(server, toSnapshotPath('lobby'))).status).toBe(404);
    const ana = declared();
    const first = await post(server, ana, ana.doc.encode());
    expect(await first.json()).toEqual({ position: 1 });

    const whole = await get(server, toSnapshotPath(CHECKOUT));
    const etag = whole.headers.get('etag') ?? '';
    expect(whole.headers.get('content-encoding')).toBe('gzip');
    expect(story(await whole.arrayBuffer())).toEqual(ana.story());
    expect((await get(server, toSnapshotPath(CHECKOUT), { 'if-none-match': etag })).status).toBe(
      304,
    );
    const before = ana.doc.encodeStateVector();
    ana.log('Pool size is 20');
    const rest = ana.doc.encode(before);
    expect(await (await post(server, ana, rest)).json()).toEqual({ position: 2 });
    // The same once more, as a worker that was not told would send it.
    expect(await (await post(server, ana, rest)).json()).toEqual({ position: 2 });
    const next = await get(server, toSnapshotPath(CHECKOUT), { 'if-none-match': etag });
    expect(story(await next.arrayBuffer())).toEqual(ana.story());

    const history = await get(server, toHistoryPath(CHECKOUT));
    const rows = decodeLogRows(new Uint8Array(await history.arrayBuffer()));
    expect(rows.map(({ position, person }) => [position, person])).toEqual([
      [1, ana.person],
      [2, ana.person],
    ]);
    expect(rows[0]?.at).toBeGreaterThan(NIGHT);
  });

  test('[N47] what is no update, waits for something or belongs to another device is refused with a reason', async () => {
    const server = await startServer();
    const ana = declared();
    const gap = ana.doc.encodeStateVector();
    ana.log('Second');
    expect((await post(server, ana, ana.doc.encode(gap))).status).toBe(409);
    expect((await post(server, ana, new Uint8Array([1, 2, 3]))).status).toBe(422);
    expect((await post(server, ana, ana.doc.encode())).status).toBe(200);
    const mallory = createDevice('Mallory', 9);
    mallory.doc.apply(ana.doc.encode(), 'remote');
    mallory.doc.ydoc.clientID = ana.doc.ydoc.clientID;
    mallory.log('Never said');
    const forged = await post(server, mallory, mallory.doc.encode(), { isRelayed: true });
    expect(forged.status).toBe(422);
    expect(await forged.text()).toMatch(/the mark of another device/);
    const wrongType = await fetch(new URL(toUpdatesPath(CHECKOUT), server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(wrongType.status).toBe(415);
  });
});

describe('backups', () => {
  test('[N45] a backup made while people write is whole; a file that is none is refused, and nothing is changed', async () => {
    const server = await startServer();
    const writer = await connectWriter(`${server.syncUrl}/${CHECKOUT}`, createDevice('Ana'));
    let lines = 0;
    const write = (): void => {
      lines += 1;
      writer.write(`Line ${lines}`);
    };
    write();
    await writer.settled();
    writer.onAcknowledged = write;
    write();
    const before = [...writer.acknowledged];
    const file = join(newFolder(), 'copy.sqlite');
    await npm(server, 'backup', file);
    expect(writer.acknowledged.length).toBeGreaterThan(before.length);
    writer.onAcknowledged = () => undefined;
    await writer.settled();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(npm(server, 'backup', file)).rejects.toThrow(/exists/);
    await expect(npm(server, 'restore', file)).rejects.toThrow(/Stop that one/);
    await server.stop();

    const broken = join(newFolder(), 'broken.sqlite');
    writeFileSync(broken, 'no database');
    await expect(npm(server, 'restore', broken)).rejects.toThrow(/backup/);
    await expect(npm(server, 'restore', join(newFolder(), 'none'))).rejects.toThrow(/no file/);
    const restoredAt = Date.now();
    const answer = await npm(server, 'restore', file);
    const kept = /What was there is (.+)\./.exec(answer)?.[1] ?? '';
    expect(existsSync(kept)).toBe(true);
    const store = openSqliteStore(server.dataDir, () => NIGHT);
    const doc = toDoc(await store.read(CHECKOUT));
    expect(doc.isWaiting()).toBe(false);
    const acknowledged = before.map(({ update }) => update);
    expect(findMissing(doc, acknowledged)).toEqual([]);
    expect(await store.readLineage()).toBeGreaterThanOrEqual(restoredAt);
    await store.close();
  });

  test('[N59] one backup restored twice is two lineages, also when the clock was set back', async () => {
    const server = await startServer();
    const ana = declared();
    await post(server, ana, ana.doc.encode());
    const file = join(newFolder(), 'copy.sqlite');
    backUp(server.dataDir, file);
    await server.stop();
    const first = await restored(server, file, NIGHT);
    expect(await restored(server, file, NIGHT + 1)).toBeGreaterThan(first);
    const again = join(newFolder(), 'again.sqlite');
    backUp(server.dataDir, again);
    expect(await restored(server, again, NIGHT - 1)).toBeGreaterThan(first);
  });

  test('[N46] a server that went back to a backup gets back what it lost, from whoever holds it', async () => {
    const server = await startServer();
    const ana = declared();
    await offer(await enterAs(server, 'ana', ana), ana, 1);
    const file = join(newFolder(), 'copy.sqlite');
    await npm(server, 'backup', file);
    ana.log('After the backup');
    await offer(await enterAs(server, 'ana', ana), ana, 2);
    const bo = createDevice('Bo', 8);
    bo.doc.apply(ana.doc.encode(), 'remote');
    await server.stop();
    await npm(server, 'restore', file);
    await server.start();

    // Ana’s phone is gone; Bo holds what she wrote, and cannot pass it off as his own.
    const client = await enterAs(server, 'bo', bo);
    client.send(encodeStep2(bo.doc.encode()));
    client.send(encodeBarrier(3));
    await client.next((_frame, [type, what]) => type === 100 && what === 8);
    expect((await post(server, bo, bo.doc.encode(), { isRelayed: true })).status).toBe(200);
    await offer(client, bo, 4);
    const whole = await get(server, toSnapshotPath(CHECKOUT));
    expect(story(await whole.arrayBuffer())).toEqual(ana.story());
    const history = await get(server, toHistoryPath(CHECKOUT));
    const rows = decodeLogRows(new Uint8Array(await history.arrayBuffer()));
    expect(rows.at(-1)).toMatchObject({ person: bo.person, isRelayed: true });
    // And her phone, back after all, goes on writing under its own id.
    ana.log('Back');
    await offer(await enterAs(server, 'ana', ana), ana, 5);
  });

  test('[N56] under the name of somebody who is here, nobody can bring anything', async () => {
    const server = await startServer();
    const ana = declared();
    await post(server, ana, ana.doc.encode());
    const file = join(newFolder(), 'copy.sqlite');
    await npm(server, 'backup', file);
    await server.stop();
    await npm(server, 'restore', file);
    await server.start();
    const client = await enterAs(server, 'ana', ana);
    await client.next((_frame, [type, what]) => type === 100 && what === 5);

    const forged = createDevice('Mallory', 9);
    forged.doc.apply(ana.doc.encode(), 'remote');
    forged.doc.ydoc.clientID = ana.doc.ydoc.clientID;
    forged.log('Never said');
    expect((await post(server, forged, forged.doc.encode(), { isRelayed: true })).status).toBe(409);
    ana.log('Pool size is 20');
    await offer(client, ana, 1);
    const whole = await get(server, toSnapshotPath(CHECKOUT));
    expect(story(await whole.arrayBuffer())).toEqual(ana.story());
  });

  test('[N57] after a restore every row of the directory is new to the phones, and each restore is a new lineage', async () => {
    const server = await startServer();
    const ana = declared();
    await post(server, ana, ana.doc.encode());
    const file = join(newFolder(), 'copy.sqlite');
    await npm(server, 'backup', file);
    const { rev } = await readDirectory(server, 0);
    const tags = new Set<string | null>();
    for (let restored = 1; restored <= 3; restored += 1) {
      await server.stop();
      await npm(server, 'restore', file);
      await server.start();
      tags.add((await get(server, toSnapshotPath(CHECKOUT))).headers.get('etag'));
      expect(tags.size).toBe(restored);
      // Also for a phone that had seen a thousand changes which the backup does not know.
      expect((await readDirectory(server, rev + 1_000)).rows).toHaveLength(1);
    }
  });
});

async function readDirectory(server: TestServer, since: number): Promise<DirectoryPage> {
  const page = decodeDirectoryPage(await (await get(server, toDirectoryPath(since, 0, ''))).json());
  if (!page) throw new Error('no directory');
  return page;
}

async function restored(server: TestServer, file: string, now: number): Promise<number> {
  restore(server.dataDir, file, now);
  const store = openSqliteStore(server.dataDir, () => NIGHT);
  const lineage = await store.readLineage();
  await store.close();
  return lineage;
}

function declared(): Device {
  const ana = createDevice('Ana');
  ana.declare();
  return ana;
}

function get(
  server: TestServer,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(new URL(path, server.url), { headers });
}

function post(
  server: TestServer,
  { person, name }: Device,
  update: Uint8Array,
  { isRelayed = false } = {},
): Promise<Response> {
  return fetch(new URL(toUpdatesPath(CHECKOUT), server.url), {
    method: 'POST',
    headers: toUpdateHeaders({ token: name.toLowerCase(), person }, isRelayed),
    body: update.slice(),
  });
}

function story(bytes: ArrayBuffer): readonly string[] {
  const reader = createDevice('Reader', 99);
  reader.doc.apply(new Uint8Array(bytes), 'remote');
  return reader.story();
}

async function enterAs(server: TestServer, token: string, device: Device): Promise<RawClient> {
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`);
  const { clientID } = device.doc.ydoc;
  client.send(
    encodeHello({ token, device: device.device, person: device.person, client: clientID }),
  );
  return client;
}

async function npm(server: TestServer, task: string, file: string): Promise<string> {
  const script = join(import.meta.dirname, '..', '..', 'server', 'backup.ts');
  const env = { ...process.env, DATA_DIR: server.dataDir };
  try {
    return (await run(process.execPath, [script, task, file], { env })).stdout;
  } catch (cause) {
    throw new Error(cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : 'failed');
  }
}
