import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { newIncidentId } from '../../../shared/domain/id.ts';
import {
  encodeBarrier,
  encodePresence,
  encodeStep1,
  encodeUpdate,
} from '../../../shared/protocol/frames.ts';
import { createDevice, type Device, NIGHT } from '../../support/device.ts';
import { toHello } from '../../support/hello.ts';
import {
  join,
  joinAsGuest,
  type Member,
  passTime,
  startOwned,
  type Visitor,
  visitor,
} from '../../support/people.ts';
import { createRandom } from '../../support/random.ts';
import { connectRaw, isUpdate, offer, type RawClient } from '../../support/raw-client.ts';
import { startServer, type TestServer } from '../../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);
const SIGNED_OUT = 4401;
const NO_SUCH_ROOM = 4404;
const RIGHTS_CHANGED = 4503;

async function open(server: TestServer, who: Visitor, device: Device): Promise<RawClient> {
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`, who.headers);
  for (const frame of toHello(device.doc.ydoc.clientID)) client.send(frame);
  client.send(encodeStep1(device.doc.encodeStateVector()));
  await client.next((frame) => isUpdate(frame) && frame.isStep2);
  return client;
}

async function withIncident(): Promise<{ server: TestServer; olga: Member; writer: Device }> {
  const { server, olga } = await startOwned();
  const writer = createDevice('Olga', 1);
  writer.declare();
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`, olga.headers);
  await offer(client, writer, 1);
  client.close();
  return { server, olga, writer };
}

/** Ends within a second of the answer, and with which code. */
async function closedAfter(client: RawClient, act: () => Promise<unknown>): Promise<number> {
  await act();
  const since = performance.now();
  const code = await client.closed;
  expect(performance.now() - since).toBeLessThan(1_000);
  return code;
}

describe('rights that change while the socket is open', () => {
  test('[A11] a demotion, a suspension, an ended session and an invitation taken back act within a second', async () => {
    const { server, olga } = await withIncident();
    const path = `/api/people`;
    const rita = await join(server, olga, 'Rita', 'responder');
    const demoted = await open(server, rita, createDevice('Rita', 2));
    const code = await closedAfter(demoted, () =>
      olga.ask('POST', `${path}/${rita.id}`, { role: 'viewer' }),
    );
    expect(code).toBe(RIGHTS_CHANGED);

    const sue = await join(server, olga, 'Sue', 'responder');
    const suspended = await open(server, sue, createDevice('Sue', 3));
    expect(
      await closedAfter(suspended, () =>
        olga.ask('POST', `${path}/${sue.id}`, { isSuspended: true }),
      ),
    ).toBe(SIGNED_OUT);

    const dan = await join(server, olga, 'Dan', 'responder');
    const left = await open(server, dan, createDevice('Dan', 4));
    expect(await closedAfter(left, () => dan.ask('POST', '/api/sign-out', {}))).toBe(SIGNED_OUT);

    const gus = await joinAsGuest(server, olga, 'Gus', CHECKOUT, 'log');
    const guest = await open(server, gus, createDevice('Gus', 5));
    const { invitations } = (await (await olga.ask('GET', '/api/people')).json()) as {
      invitations: { id: string; incident: string | null }[];
    };
    const own = invitations.find(({ incident }) => incident === CHECKOUT);
    expect(
      await closedAfter(guest, () => olga.ask('POST', `/api/invitations/${own?.id}/revoke`, {})),
    ).toBe(SIGNED_OUT);
  });

  test('[A11] a guest’s time that runs out ends the socket by itself', async () => {
    const { server, olga } = await withIncident();
    const gus = await joinAsGuest(server, olga, 'Gus', CHECKOUT, 'log', 1);
    passTime(server, 60 * 60 * 1000 - 3_000); // opened with a few seconds left
    const client = await open(server, gus, createDevice('Gus', 5));
    expect(await client.closed).toBe(SIGNED_OUT);
  });

  test('[A21] an incident made sensitive is gone for everybody who is not let in, and there again when they are', async () => {
    const { server, olga } = await withIncident();
    const rita = await join(server, olga, 'Rita', 'responder');
    const list = async (who: Visitor) => {
      const page = (await (await who.ask('GET', '/api/incidents')).json()) as {
        rows: { id: string }[];
      };
      return page.rows.map(({ id }) => id);
    };
    expect(await list(rita)).toEqual([CHECKOUT]);
    const client = await open(server, rita, createDevice('Rita', 2));
    expect(
      await closedAfter(client, () =>
        olga.ask('POST', `/api/incidents/${CHECKOUT}/sensitive`, { isSensitive: true }),
      ),
    ).toBe(NO_SUCH_ROOM);
    expect(await list(rita)).toEqual([]);
    expect(await list(olga)).toEqual([CHECKOUT]);
    const grant = (right: 'view' | null) =>
      olga.ask('POST', `/api/incidents/${CHECKOUT}/rights/${rita.id}`, { right });
    expect((await grant('view')).status).toBe(200);
    expect(await list(rita)).toEqual([CHECKOUT]);
    const again = await open(server, rita, createDevice('Rita', 6));
    expect(await closedAfter(again, () => grant(null))).toBe(NO_SUCH_ROOM);
    expect(await list(rita)).toEqual([]);
  });

  test('[A21] a phone that waits for the list is told when what it may see changes', async () => {
    const { server, olga } = await withIncident();
    const rita = await join(server, olga, 'Rita', 'responder');
    const first = (await (await rita.ask('GET', '/api/incidents')).json()) as {
      rev: number;
      scope: string;
    };
    const waiting = rita.ask(
      'GET',
      `/api/incidents?since=${first.rev}&wait=25&scope=${first.scope}`,
    );
    await olga.ask('POST', `/api/incidents/${CHECKOUT}/sensitive`, { isSensitive: true });
    expect(await (await waiting).json()).toMatchObject({ isWhole: true, rows: [] });
  });
});

describe('whoever may only read', () => {
  test('[A12] what they write changes nothing for anybody, and they are told so, by http too', async () => {
    const { server, olga, writer } = await withIncident();
    const vera = await join(server, olga, 'Vera', 'viewer');
    const device = createDevice('Vera', 2);
    const [reader, watcher] = [
      await open(server, vera, device),
      await open(server, olga, createDevice('Olga', 9)),
    ];
    const before = await readVersion(olga);
    device.doc.apply(writer.doc.encode(), 'remote');
    device.log('I was here');
    reader.send(encodeUpdate(device.doc.encode()));
    reader.send(encodeBarrier(3));
    await reader.next((_frame, bytes) => bytes[0] === 100 && bytes[1] === 10 && bytes[2] === 1);
    const posted = await fetch(new URL(`/api/incidents/${CHECKOUT}/updates`, server.url), {
      method: 'POST',
      headers: {
        ...vera.headers,
        origin: new URL(server.url).origin,
        'content-type': 'application/octet-stream',
      },
      body: device.doc.encode().slice(),
    });
    expect(posted.status).toBe(403);
    // A y-websocket client knows no such word and is sent away.
    const plain = await connectRaw(`${server.syncUrl}/${CHECKOUT}`, vera.headers);
    plain.send(encodeUpdate(device.doc.encode()));
    expect(await plain.closed).toBe(4403);
    expect(await readVersion(olga)).toBe(before);
    expect(watcher.frames.filter((frame) => isUpdate(frame) && !frame.isStep2)).toEqual([]);
    const stored = reader.frames.length;
    await watcher.next((frame) => frame.type === 'step1');
    expect(reader.frames.length).toBe(stored);
  });

  test('[A13] who is here is what the server knows, whatever the client says', async () => {
    const { server, olga } = await withIncident();
    const person = '0123456789';
    const rita = await join(server, olga, 'Rita', 'responder', person);
    const watcher = await open(server, olga, createDevice('Olga', 9));
    const device = createDevice('Rita', 2);
    const { clientID } = device.doc.ydoc;
    const liar = await open(server, rita, device);
    const said = JSON.stringify({ person: 'zzzzzzzzzz', name: 'Olga', isAway: false });
    liar.send(encodePresence([{ client: clientID, clock: 1, json: said }]));
    const heard = await watcher.next(
      (frame) =>
        frame.type === 'presence' && frame.states.some(({ client }) => client === clientID),
    );
    const state =
      heard.type === 'presence' && heard.states.find(({ client }) => client === clientID);
    expect(JSON.parse(state ? state.json : '')).toMatchObject({ person, name: 'Rita' });
  });
});

describe('a server from before', () => {
  test('[A20] a database from before accounts keeps every incident and is to be claimed', async () => {
    const server = await startServer();
    const device = createDevice('Ana');
    device.declare();
    await offer(await connectRaw(`${server.syncUrl}/${CHECKOUT}`), device, 1);
    await server.stop();
    const db = new DatabaseSync(joinPath(server.dataDir, 'logline.sqlite'));
    for (const table of [
      'grants',
      'sessions',
      'persons',
      'passkeys',
      'accounts',
      'invitations',
      'sensitive',
      'tokens',
      'claims',
      'audit',
    ])
      db.exec(`drop table ${table}`);
    db.exec('pragma user_version = 2');
    db.close();
    await server.start();
    const page = await visitor(server, 'Ana').ask('GET', '/api/incidents');
    expect(await page.json()).toMatchObject({ rows: [{ id: CHECKOUT }] });
    expect(await (await visitor(server, 'Ana').ask('GET', '/api/me')).json()).toMatchObject({
      door: 'trying',
    });
  });
});

async function readVersion(olga: Visitor): Promise<string | null> {
  const answer = await olga.ask('GET', `/api/incidents/${CHECKOUT}/snapshot`);
  await answer.arrayBuffer();
  return answer.headers.get('etag');
}
