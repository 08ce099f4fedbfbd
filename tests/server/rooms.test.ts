import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { createLog } from '../../server/log.ts';
import { openSqliteStore } from '../../server/storage/open-sqlite.ts';
import type { Store } from '../../server/storage/store.ts';
import { compactRows } from '../../server/sync/compact.ts';
import { createRoomDoc } from '../../server/sync/room-doc.ts';
import { createRooms } from '../../server/sync/rooms.ts';
import { openEntryText } from '../../shared/doc/shared-text.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import {
  encodeBarrier,
  encodeHello,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from '../../shared/protocol/frames.ts';
import { createDevice, type Device, NIGHT } from '../support/device.ts';
import { newFolder } from '../support/folder.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw, isUpdate, offer, type RawClient } from '../support/raw-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

test('[N41] a client id belongs to the device that first came with it; nobody else writes under it', async () => {
  const server = await startServer();
  const ana = declared();
  await offer(await enterAs(server, 'ana', ana), ana, 1);

  // Ahead of Ana, under her id: what she writes next would be taken for known.
  const forged = createDevice('Forger', 12);
  forged.doc.apply(ana.doc.encode(), 'remote');
  forged.doc.ydoc.clientID = ana.doc.ydoc.clientID;
  forged.log('Never said');
  const mallory = await enterAs(server, 'mallory', createDevice('Mallory', 5));
  mallory.send(encodeUpdate(forged.doc.encode(ana.doc.encodeStateVector())));
  expect(await mallory.closed).toBe(4409);

  const byHello = await enterAs(server, 'mallory', ana);
  expect(await byHello.closed).toBe(4409);

  const nameless = await enter(server);
  nameless.send(encodeStep2(forged.doc.encode()));
  expect(await nameless.closed).toBe(4409);

  ana.log('Pool size is 20');
  await offer(await enterAs(server, 'ana', ana), ana, 2);
  expect((await readAll(server)).story()).toEqual(ana.story());

  await server.stop();
  await server.start();
  forged.log('Never said either');
  const afterRestart = await enterAs(server, 'mallory', createDevice('Mallory', 5));
  afterRestart.send(encodeUpdate(forged.doc.encode(ana.doc.encodeStateVector())));
  expect(await afterRestart.closed).toBe(4409);
});

test('[N41] before it wrote anything, a page that said hello has its id to itself', async () => {
  const server = await startServer();
  const ana = declared();
  await enterAs(server, 'ana', ana);
  const mallory = await enterAs(server, 'mallory', createDevice('Mallory', 5));
  mallory.send(encodeStep2(ana.doc.encode()));
  expect(await mallory.closed).toBe(4409);
});

test('[N42] who joins an incident nobody has open gets all of it, before and after it was compacted, and offline work comes in', async () => {
  const server = await startServer();
  const ana = declared();
  const client = await enter(server);
  await offer(client, ana, 1);
  for (const word of ['one', 'two', 'three']) await live(client, ana, word);
  for (const isCompacted of [false, true]) {
    await server.stop();
    if (isCompacted) await compactAll(server);
    await server.start();
    expect((await readAll(server)).story()).toEqual(ana.story());
    const bo = createDevice('Bo', isCompacted ? 21 : 22);
    bo.doc.apply(ana.doc.encode(), 'remote');
    bo.log('Written offline');
    await offer(await enter(server), bo, 1);
    const all = await readAll(server);
    expect(all.story()).toEqual(bo.story());
    ana.doc.apply(all.doc.encode(), 'remote');
  }
});

test('[N43] compacted rows go to the archive with who brought them and when; live rows hold little more than the state', async () => {
  const server = await startServer();
  const ana = declared();
  const client = await enterAs(server, 'ana', ana);
  await offer(client, ana, 1);
  const line = ana.log('Pool').id;
  await offer(client, ana, 2);
  for (let i = 0; i < 1_200; i += 1) type(client, ana, line, i);
  await offer(client, ana, 3);
  await vi.waitFor(() => expect(rowsOf(server, 'updates')).toBeLessThan(500), { timeout: 10_000 });
  await server.stop();
  await compactAll(server);
  const state = ana.doc.encode().length;
  expect(liveBytes(server)).toBeLessThan(state * 1.5);

  const store = openSqliteStore(server.dataDir, () => NIGHT);
  const history = await store.readHistory(CHECKOUT);
  await store.close();
  expect(history.map((row) => row.position)).toEqual(history.map((_, index) => index + 1));
  expect(history.length).toBeGreaterThan(1_200);
  expect(new Set(history.map((row) => row.person))).toEqual(new Set([ana.person]));
  expect(history.every((row) => row.at > NIGHT && row.device !== '' && row.device !== 'ana')).toBe(
    true,
  );
  const replayed = createDevice('Replayed', 77);
  for (const row of history) replayed.doc.apply(row.bytes, 'remote');
  expect(replayed.story()).toEqual(ana.story());
});

test('[N44] a row of the directory that a kill kept from being made is made at the next start', async () => {
  const server = await startServer();
  await offer(await enter(server), declared(), 1);
  await server.stop();
  withDatabase(server, (db) =>
    db.exec('delete from incidents; update docs set summarized = 0; update docs set head = head'),
  );
  await server.start();
  const answer = await fetch(`${server.url}api/incidents`);
  expect(await answer.json()).toMatchObject({ rows: [{ id: CHECKOUT, number: 1 }] });
});

test('[N53] what came behind an update that could not be applied is not lost', async () => {
  const store = openSqliteStore(newFolder(), () => NIGHT);
  const log = createLog('silent');
  const whenAllArrived = (act: () => void): void => act();
  const doc = createRoomDoc({
    id: CHECKOUT,
    store,
    log,
    onLoaded: () => undefined,
    onFailed: () => undefined,
  });
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    doc.use(() => {
      told.push('thrown away');
      doc.rebuild(whenAllArrived);
    });
    doc.use(() => told.push('behind it'));
    doc.inOrder(() => resolve());
  });
  expect(told).toEqual(['thrown away', 'behind it']);
  doc.close();
  await store.close();
});

test('[N54] documents leave memory when there are too many bytes of them, also when nobody writes', async () => {
  const store = openSqliteStore(newFolder(), () => NIGHT);
  const ids = [1, 2, 3].map((seed) => newIncidentId(NIGHT, createRandom(seed).bytes));
  const bytes = declared().doc.encode();
  await store.append(ids.map((doc) => ({ doc, bytes })));
  const rooms = createRooms({
    store,
    log: createLog('silent'),
    now: () => NIGHT,
    compact: async () => null,
    onDirectory: () => undefined,
    maxDocumentsBytes: bytes.length * 12,
  });
  const open = await Promise.all(ids.map((id) => rooms.enter(id)));
  for (const room of open) await new Promise<void>((resolve) => room.use(() => resolve()));
  await vi.waitFor(() =>
    expect(open.map((room) => room.doc() !== null)).toEqual([false, false, true]),
  );
  await rooms.close();
  await store.close();
});

test('[N55] who says hello again on one socket stays who they were, and nobody has a name without end', async () => {
  const server = await startServer();
  const ana = declared();
  const client = await enterAs(server, 'ana', ana);
  const bo = createDevice('Bo');
  client.send(
    encodeHello({
      token: 'bo',
      device: bo.device,
      person: bo.person,
      client: bo.doc.ydoc.clientID,
    }),
  );
  await offer(client, ana, 1);
  const store = await stopAndOpen(server);
  expect((await store.readRows(CHECKOUT)).map((row) => row.person)).toEqual([ana.person]);
  await store.close();
  await server.start();
  const endless = await enter(server);
  endless.send(encodeHello({ token: 'x', device: 'x', person: 'x'.repeat(65), client: 4 }));
  expect(await endless.closed).toBe(4400);
});

async function stopAndOpen(server: TestServer): Promise<Store> {
  await server.stop();
  return openSqliteStore(server.dataDir, () => NIGHT);
}

function declared(): Device {
  const ana = createDevice('Ana');
  ana.declare();
  return ana;
}

function enter(server: TestServer): Promise<RawClient> {
  return connectRaw(`${server.syncUrl}/${CHECKOUT}`);
}

async function enterAs(server: TestServer, token: string, device: Device): Promise<RawClient> {
  const client = await enter(server);
  const { person } = device;
  client.send(
    encodeHello({ token, device: device.device, person, client: device.doc.ydoc.clientID }),
  );
  await Promise.race([client.closed, client.next((_frame, [a, b]) => a === 100 && b === 5)]);
  return client;
}

/** What somebody gets who has nothing. */
async function readAll(server: TestServer): Promise<Device> {
  const reader = createDevice('Reader', 99);
  const client = await enter(server);
  client.send(encodeStep1(reader.doc.encodeStateVector()));
  await client.next((frame) => frame.type === 'update' && frame.isStep2);
  for (const frame of client.frames) if (isUpdate(frame)) reader.doc.apply(frame.update, 'remote');
  client.close();
  return reader;
}

async function live(client: RawClient, device: Device, word: string): Promise<void> {
  const before = device.doc.encodeStateVector();
  device.log(word);
  client.send(encodeUpdate(device.doc.encode(before)));
  client.send(encodeBarrier(50 + word.length));
  await client.next((_frame, [a, b, c]) => a === 100 && b === 1 && c === 50 + word.length);
}

function type(client: RawClient, device: Device, line: string, at: number): void {
  const updates: Uint8Array[] = [];
  const stop = device.doc.onUpdate((update) => updates.push(update));
  openEntryText(device.doc, line)?.write([{ at: at % 4, removed: 0, inserted: 'x' }]);
  stop();
  for (const update of updates) client.send(encodeUpdate(update));
}

async function compactAll(server: TestServer): Promise<void> {
  const store = openSqliteStore(server.dataDir, () => NIGHT);
  const { snapshot } = await store.read(CHECKOUT);
  const rows = await store.readRows(CHECKOUT);
  const made = compactRows({ snapshot: snapshot?.bytes ?? null, rows });
  const upTo = rows.at(-1)?.position;
  if (made && upTo !== undefined) await store.compact({ doc: CHECKOUT, upTo, ...made });
  await store.close();
}

function rowsOf(server: TestServer, table: string): number {
  return withDatabase(server, (db) =>
    Number(db.prepare(`select count(*) as rows from ${table}`).get()?.['rows']),
  );
}

function liveBytes(server: TestServer): number {
  return withDatabase(server, (db) =>
    Number(
      db
        .prepare(
          `select (select coalesce(sum(length(bytes)), 0) from updates)
                + (select coalesce(sum(length(bytes)), 0) from snapshots) as bytes`,
        )
        .get()?.['bytes'],
    ),
  );
}

function withDatabase<T>(server: TestServer, use: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(server.dataDir, 'logline.sqlite'));
  const result = use(db);
  db.close();
  return result;
}
