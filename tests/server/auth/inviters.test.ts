import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { newIncidentId } from '../../../shared/domain/id.ts';
import type { Invited } from '../../../shared/protocol/auth.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import {
  enter,
  join,
  joinAsGuest,
  type Member,
  passTime,
  startOwned,
  type Visitor,
  visitor,
} from '../../support/people.ts';
import { createRandom } from '../../support/random.ts';
import { connectRaw, offer } from '../../support/raw-client.ts';
import type { TestServer } from '../../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);
const RIGHTS = `/api/incidents/${CHECKOUT}/rights`;
const SENSITIVE = `/api/incidents/${CHECKOUT}/sensitive`;
const HOUR = 60 * 60 * 1000;

async function withIncident(): Promise<{ server: TestServer; olga: Member }> {
  const { server, olga } = await startOwned();
  const writer = createDevice('Olga', 1);
  writer.declare();
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`, olga.headers);
  await offer(client, writer, 1);
  client.close();
  return { server, olga };
}

async function invite(who: Visitor, wish: object): Promise<Invited> {
  const answer = await who.ask('POST', '/api/invitations', wish);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Invited;
}

const level = async (who: Visitor): Promise<unknown> => {
  const answer = await who.ask('GET', RIGHTS);
  return answer.ok ? ((await answer.json()) as { level: string }).level : answer.status;
};

describe('what an invitation is worth', () => {
  test('[A29] no more than whoever made it may still do', async () => {
    const { server, olga } = await withIncident();
    const bo = await join(server, olga, 'Bo', 'owner');
    const byOwner = await invite(bo, { for: 'workspace', role: 'owner' });
    await olga.ask('POST', `/api/people/${bo.id}`, { role: 'responder' });
    await expect(enter(server, 'Late', { secret: byOwner.secret })).rejects.toThrow(/404/);

    const wish = { for: 'incident', incident: CHECKOUT, right: 'log', hours: 24 };
    const byResponder = await invite(bo, wish);
    await enter(server, 'Gus', { secret: byResponder.secret });
    await olga.ask('POST', `/api/people/${bo.id}`, { isSuspended: true });
    await expect(enter(server, 'Bo', { secret: byResponder.secret })).rejects.toThrow(/404/);

    const open = await invite(olga, wish);
    await olga.ask('POST', SENSITIVE, { isSensitive: true });
    await expect(enter(server, 'Gil', { secret: open.secret })).rejects.toThrow(/404/);
  });

  test('[A29] a code for another device lets nobody in who is suspended', async () => {
    const { server, olga } = await withIncident();
    const rita = await join(server, olga, 'Rita', 'responder');
    const { secret } = await invite(rita, { for: 'device' });
    await olga.ask('POST', `/api/people/${rita.id}`, { isSuspended: true });
    await expect(enter(server, 'Rita', { secret })).rejects.toThrow(/404/);
  });
});

describe('who is let into an incident', () => {
  test('[A30] is for members in it to say, and not for guests or tokens', async () => {
    const { server, olga } = await withIncident();
    const gus = await joinAsGuest(server, olga, 'Gus', CHECKOUT, 'log');
    const made = await olga.ask('POST', '/api/tokens', {
      name: 'robot',
      incident: CHECKOUT,
      right: 'log',
    });
    const { secret } = (await made.json()) as { secret: string };
    const robot = visitor(server, 'Robot', { authorization: `Bearer ${secret}` });
    for (const who of [gus, robot]) {
      expect((await who.ask('POST', SENSITIVE, { isSensitive: true })).status).toBe(403);
      expect((await who.ask('POST', `${RIGHTS}/${olga.id}`, { right: null })).status).toBe(403);
    }
  });

  test('[A30] an owner who is not in a sensitive incident makes no token for it, and is not told which it is', async () => {
    const { server, olga } = await withIncident();
    const rita = await join(server, olga, 'Rita', 'responder');
    const other = newIncidentId(NIGHT, createRandom(8).bytes);
    const writer = createDevice('Rita', 4);
    writer.declare();
    await offer(await connectRaw(`${server.syncUrl}/${other}`, rita.headers), writer, 1);
    await rita.ask('POST', `/api/incidents/${other}/sensitive`, { isSensitive: true });
    await invite(rita, { for: 'incident', incident: other, right: 'log', hours: 1 });
    const wish = { name: 'robot', incident: other, right: 'log' };
    expect((await olga.ask('POST', '/api/tokens', wish)).status).toBe(404);
    const { invitations } = (await (await olga.ask('GET', '/api/people')).json()) as {
      invitations: { incident: string | null }[];
    };
    expect(invitations.map(({ incident }) => incident)).toEqual([null]);
  });

  test('[A30] being invited once more takes nothing away, and making it sensitive keeps who did it in for good', async () => {
    const { server, olga } = await withIncident();
    const rita = await join(server, olga, 'Rita', 'responder');
    const view = { for: 'incident', incident: CHECKOUT, right: 'view', hours: 1 };
    const body = (secret: string) => ({ secret, name: 'Rita', person: null });
    await rita.ask('POST', '/api/join', body((await invite(olga, view)).secret));
    expect((await rita.ask('POST', SENSITIVE, { isSensitive: true })).status).toBe(200);
    passTime(server, 2 * HOUR);
    expect(await level(rita)).toBe('log');
    await rita.ask('POST', '/api/join', body((await invite(olga, view)).secret));
    expect(await level(rita)).toBe('log');
    passTime(server, 2 * HOUR);
    expect(await level(rita)).toBe('log');
    // Olga wrote in it, so she is in; the last one who can let others in stays.
    expect((await rita.ask('POST', `${RIGHTS}/${olga.id}`, { right: null })).status).toBe(200);
    expect((await rita.ask('POST', `${RIGHTS}/${rita.id}`, { right: null })).status).toBe(409);
    expect((await rita.ask('POST', `${RIGHTS}/${rita.id}`, { right: 'view' })).status).toBe(409);
  });

  test('[A30] a guest who is invited again stays for as long as that says', async () => {
    const { server, olga } = await withIncident();
    const gus = await joinAsGuest(server, olga, 'Gus', CHECKOUT, 'log', 1);
    const longer = { for: 'incident', incident: CHECKOUT, right: 'log', hours: 5 };
    const { secret } = await invite(olga, longer);
    await gus.ask('POST', '/api/join', { secret, name: 'Gus', person: null });
    passTime(server, 3 * HOUR);
    expect(await level(gus)).toBe('log');
  });
});

test('[A31] what a right allowed when a body began is not done when the right is gone by its end', async () => {
  const { server, olga } = await withIncident();
  const rita = await join(server, olga, 'Rita', 'owner');
  const body = JSON.stringify({ for: 'workspace', role: 'owner' });
  const status = new Promise<number | undefined>((resolve, reject) => {
    const slow = request(
      new URL('/api/invitations', server.url),
      {
        method: 'POST',
        headers: {
          ...rita.headers,
          origin: new URL(server.url).origin,
          'content-type': 'application/json',
          'content-length': body.length,
        },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    slow.on('error', reject);
    slow.write(body.slice(0, 10), () => {
      olga
        .ask('POST', `/api/people/${rita.id}`, { isSuspended: true })
        .then(() => slow.end(body.slice(10)), reject);
    });
  });
  expect(await status).toBe(401);
});
