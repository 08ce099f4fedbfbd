import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createDecoder } from 'lib0/decoding';
import { describe, expect, test } from 'vitest';
import { writeChanges } from '../../shared/doc/write.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import {
  BARRIER_TYPE,
  encodeBarrier,
  encodePresence,
  encodeStep1,
  encodeStep2,
  encodeTimeQuestion,
  encodeUpdate,
  type Notice,
  readNotice,
} from '../../shared/protocol/frames.ts';
import { createDevice, type Device, NIGHT } from '../support/device.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw, isUpdate, offer } from '../support/raw-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

describe('sync', () => {
  test('[N4] what others see is on the disk', async () => {
    const server = await startServer();
    const [ana, bo] = [await enter(server), await enter(server)];
    ana.send(encodeUpdate(declared().doc.encode()));
    await bo.next(isUpdate);
    expect(countRows(server)).toBe(1);
  });

  test('[N5] when a commit fails nobody sees it, everybody is sent away to come back, and then it works', async () => {
    const server = await startServer();
    const [ana, bo] = [await enter(server), await enter(server)];
    withDatabase(server, (db) =>
      db.exec(
        `create trigger full before insert on updates begin select raise(abort, 'full'); end`,
      ),
    );
    ana.send(encodeUpdate(declared().doc.encode()));
    expect(await ana.closed).toBe(4500);
    expect(await bo.closed).toBe(4500);
    expect(bo.frames.some(isUpdate)).toBe(false);

    withDatabase(server, (db) => db.exec('drop trigger full'));
    const again = await enter(server);
    again.send(encodeStep1(new Uint8Array([0])));
    const nothing = await again.next(isUpdate);
    expect(nothing).toMatchObject({ update: new Uint8Array([0, 0]) });
    await offer(again, declared(), 1);
    expect(countRows(server)).toBe(1);
  });

  test('[N6] a room is made for a well-formed incident id only', async () => {
    const server = await startServer();
    for (const name of ['lobby', '', `${CHECKOUT}0`, '..%2f..%2fetc']) {
      const client = await connectRaw(`${server.syncUrl}/${name}`);
      expect(await client.closed).toBe(4404);
    }
    expect(countRows(server)).toBe(0);
  });

  test('[N7] bytes that are no update end the sender’s socket and leave the room unharmed', async () => {
    const server = await startServer();
    const bo = await enter(server);
    const whole = declared().doc.encode();
    for (const broken of [whole.slice(0, whole.length - 5), new Uint8Array([9, 9, 9])]) {
      const mallory = await enter(server);
      mallory.send(encodeUpdate(broken));
      expect(await mallory.closed).toBe(4400);
    }
    const garbage = await enter(server);
    garbage.send(new Uint8Array([0]));
    expect(await garbage.closed).toBe(4400);
    expect(countRows(server)).toBe(0);

    const ana = await enter(server);
    await offer(ana, declared(), 1);
    await bo.next(isUpdate);
  });

  test('[N8] the server says "on disk" after the commit, and only to who asked', async () => {
    const server = await startServer();
    const [ana, plain] = [await enter(server), await enter(server)];
    await offer(ana, declared(), 7);
    expect(countRows(server)).toBe(1);
    await plain.next(isUpdate);
    expect(plain.frames.every((frame) => frame.type !== 'unknown')).toBe(true);
  });

  test('[N9] what a returning phone sends again is stored once', async () => {
    const server = await startServer();
    const device = declared();
    await offer(await enter(server), device, 1);
    await offer(await enter(server), device, 2);
    expect(countRows(server)).toBe(1);
    const line = device.log('Rolled back', { kind: 'action' });
    expect(line.text).toBe('Rolled back');
    await offer(await enter(server), device, 3);
    expect(countRows(server)).toBe(2);
  });

  test('[N10] everything committed is there after a restart', async () => {
    const server = await startServer();
    const device = declared();
    device.log('Pool size is 20');
    await offer(await enter(server), device, 1);
    await server.stop();
    await server.start();
    const bo = createDevice('Bo', 8);
    const client = await enter(server);
    client.send(encodeStep1(bo.doc.encodeStateVector()));
    const step2 = await client.next(isUpdate);
    if (isUpdate(step2)) bo.doc.apply(step2.update, 'remote');
    expect(bo.story()).toEqual(device.story());
  });

  test('[N11] an update that waits for an earlier one makes the server ask for it', async () => {
    const server = await startServer();
    const device = declared();
    const before = device.doc.encodeStateVector();
    device.log('Second');
    const client = await enter(server);
    client.send(encodeUpdate(device.doc.encode(before)));
    await client.next((frame) => frame.type === 'step1');
    expect(countRows(server)).toBe(0);
    await offer(client, device, 1);
    expect(countRows(server)).toBe(1);
  });

  test('[T4f] the server says what time it is, to who asks', async () => {
    const server = await startServer();
    const client = await enter(server);
    const before = Date.now();
    client.send(encodeTimeQuestion(before * 1000));
    const notices: Notice[] = [];
    await client.next((_frame, bytes) => {
      if (bytes[0] !== BARRIER_TYPE) return false;
      notices.push(readNotice(createDecoder(bytes.subarray(1))));
      return true;
    });
    const [time] = notices;
    expect(time).toMatchObject({ type: 'time', sent: before * 1000 });
    if (time?.type !== 'time') return;
    expect(time.heard / 1000).toBeGreaterThanOrEqual(before);
    expect(time.answered).toBeGreaterThanOrEqual(time.heard);
  });

  test('[L3b] presence is told once to the others, and a leaver is taken out', async () => {
    const server = await startServer();
    const [ana, bo] = [await enter(server), await enter(server)];
    const state = { client: 42, clock: 1, json: '{"name":"Ana"}' };
    ana.send(encodePresence([state]));
    const heard = await bo.next((frame) => frame.type === 'presence' && frame.states.length > 0);
    expect(heard).toEqual({ type: 'presence', states: [state] });
    // An echo from the other side, an old clock and a word for somebody else are not repeated.
    const itself = { client: 43, clock: 1, json: '{"name":"Bo"}' };
    bo.send(encodePresence([state, itself, { client: 42, clock: 9, json: '{"name":"Mallory"}' }]));
    await ana.next((frame) => frame.type === 'presence' && frame.states[0]?.client === 43);
    const late = await enter(server);
    const welcome = await late.next((frame) => frame.type === 'presence');
    expect(welcome).toEqual({ type: 'presence', states: [state, itself] });
    ana.close();
    const gone = await bo.next(
      (frame) => frame.type === 'presence' && frame.states[0]?.json === 'null',
    );
    expect(gone).toEqual({
      type: 'presence',
      states: [{ client: 42, clock: 1, json: 'null' }],
    });
  });

  test('[L3f] who comes back by a new connection is there at once, and stays when the old one dies', async () => {
    const server = await startServer();
    const [before, bo] = [await enter(server), await enter(server)];
    before.send(encodePresence([{ client: 42, clock: 1, json: '{"name":"Ana"}' }]));
    await bo.next((frame) => frame.type === 'presence' && frame.states.length > 0);
    const after = await enter(server);
    const state = { client: 42, clock: 2, json: '{"name":"Ana, back"}' };
    after.send(encodePresence([state]));
    await bo.next((frame) => frame.type === 'presence' && frame.states[0]?.clock === 2);
    before.close();
    bo.send(encodePresence([{ client: 43, clock: 1, json: '{"name":"Bo"}' }]));
    const heard = await after.next(
      (frame) => frame.type === 'presence' && frame.states[0]?.client === 43,
    );
    expect(heard).toMatchObject({ states: [{ client: 43 }] });
    const late = await enter(server);
    const welcome = await late.next((frame) => frame.type === 'presence');
    expect(welcome).toMatchObject({ states: [state, { client: 43 }] });
  });

  test('[N23] an update with a gap is never said to be on disk, until the gap is closed', async () => {
    const server = await startServer();
    const device = declared();
    const before = device.doc.encodeStateVector();
    device.log('Second');
    const client = await enter(server);
    client.send(encodeStep2(device.doc.encode(before)));
    client.send(encodeBarrier(5));
    // Another one's word is not held up by it.
    const other = createDevice('Bo', 8);
    other.declare();
    await offer(await enter(server), other, 1);
    expect(client.frames.filter((frame) => frame.type === 'unknown')).toEqual([]);
    await offer(client, device, 6);
    expect(client.frames.filter((frame) => frame.type === 'unknown')).toHaveLength(2);
    expect(countRows(server)).toBe(2);
  });

  test('[N32] closing a gap is acknowledged after the commit, and never when it fails', async () => {
    const server = await startServer();
    const device = declared();
    const before = device.doc.encodeStateVector();
    device.log('Second');
    const client = await enter(server);
    client.send(encodeStep2(device.doc.encode(before)));
    client.send(encodeBarrier(5));
    withDatabase(server, (db) =>
      db.exec(
        `create trigger full before insert on updates begin select raise(abort, 'full'); end`,
      ),
    );
    client.send(encodeStep2(device.doc.encode()));
    expect(await client.closed).toBe(4500);
    expect(client.frames.filter((frame) => frame.type === 'unknown')).toEqual([]);
  });

  test('[N33] a gap of one is handed on to nobody, and holds up nobody else', async () => {
    const server = await startServer();
    const device = declared();
    const before = device.doc.encodeStateVector();
    device.log('Second');
    const client = await enter(server);
    client.send(encodeStep2(device.doc.encode(before)));
    client.send(encodeBarrier(5));
    const bo = createDevice('Bo', 8);
    const other = await enter(server);
    other.send(encodeStep1(bo.doc.encodeStateVector()));
    const answer = await other.next(isUpdate);
    if (isUpdate(answer)) bo.doc.apply(answer.update, 'remote');
    expect(bo.doc.isWaiting()).toBe(false);
    bo.declare();
    await offer(other, bo, 1);
    expect(client.frames.filter((frame) => frame.type === 'unknown')).toEqual([]);
  });

  test('[N24] of a flood of updates with gaps nothing is kept, its sender is asked once, and the others go on', async () => {
    const server = await startServer();
    const flood = await enter(server);
    const device = declared();
    const before = device.doc.encodeStateVector();
    const start = performance.now();
    device.log('Second');
    for (let sent = 0; sent < 2_000; sent += 1) {
      device.doc.ydoc.getText('p:summary').insert(0, 'x');
      flood.send(encodeUpdate(device.doc.encode(before)));
    }
    const other = createDevice('Bo', 8);
    other.declare();
    await offer(await enter(server), other, 1);
    flood.send(encodePresence([{ client: 7, clock: 1, json: '{}' }]));
    flood.send(encodeBarrier(9));
    await offer(flood, device, 1);
    // Once, and again after a second at the earliest, because somebody else brought news.
    const asked = flood.frames.filter((frame) => frame.type === 'step1').length;
    expect(asked).toBeLessThanOrEqual(1 + (performance.now() - start) / 1_000);
    expect(countRows(server)).toBe(2);
  });

  test('[N27] a time nobody could mean spoils no other incident', async () => {
    const server = await startServer();
    const mallory = createDevice('Mallory', 9);
    mallory.declare();
    const poison = {
      at: 8.64e15,
      until: null,
      zone: 'UTC',
      precision: 'day',
      basis: 'firstTouch',
    } as const;
    writeChanges(
      mallory.doc.ydoc,
      [
        {
          type: 'addEntry',
          id: `zzzzzzzzz${'0'.repeat(7)}`,
          text: 'never',
          origin: {
            occurred: poison,
            kind: 'observation',
            claim: 'fact',
            effect: null,
            by: 'm'.repeat(10),
            device: 'm'.repeat(10),
            recorded: 8.64e15,
            clock: { offset: 1e15, error: 1 },
          },
        },
      ],
      { by: 'm'.repeat(10), device: 'm'.repeat(10), now: NIGHT },
    );
    const there = await connectRaw(
      `${server.syncUrl}/${newIncidentId(NIGHT, createRandom(4).bytes)}`,
    );
    const here = await enter(server);
    await Promise.all([offer(there, mallory, 1), offer(here, declared(), 1)]);
    expect(countRows(server)).toBe(2);
  });

  test('[N12] an incident of 32 MiB takes no more, and keeps what it has', async () => {
    const server = await startServer();
    const device = declared();
    await offer(await enter(server), device, 1);
    const large = createDevice('Large', 4);
    large.doc.apply(device.doc.encode(), 'remote');
    large.doc.ydoc.getText('p:summary').insert(0, 'x'.repeat(32 * 1024 * 1024));
    const full = await enter(server);
    full.send(encodeStep2(large.doc.encode()));
    expect(await full.closed).toBe(4413);
    expect(countRows(server)).toBe(1);
  });
});

function enter(server: TestServer) {
  return connectRaw(`${server.syncUrl}/${CHECKOUT}`);
}

function declared(): Device {
  const ana = createDevice('Ana');
  ana.declare();
  return ana;
}

function countRows(server: TestServer): number {
  return withDatabase(server, (db) =>
    Number(db.prepare('select count(*) as rows from updates').get()?.['rows']),
  );
}

function withDatabase<T>(server: TestServer, use: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(server.dataDir, 'logline.sqlite'));
  const result = use(db);
  db.close();
  return result;
}
