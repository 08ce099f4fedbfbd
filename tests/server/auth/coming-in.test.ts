import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { toNetwork } from '../../../server/http/limiter.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import {
  type Invited,
  type Preview,
  type Standing,
  toClaimLink,
} from '../../../shared/protocol/auth.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { enter, join, passTime, startOwned, visitor } from '../../support/people.ts';
import { createRandom } from '../../support/random.ts';
import { connectRaw, offer } from '../../support/raw-client.ts';
import { startServer, type TestServer } from '../../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);
const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60_000;

const secretOf = (link: string | null): string => new URL(link ?? '').hash.slice(1);

function claim(server: TestServer, secret: string, name: string) {
  return visitor(server, name).ask('POST', '/api/claim', { secret, name, person: null });
}

async function logSomething(
  server: TestServer,
  headers: Record<string, string> = {},
): Promise<void> {
  const device = createDevice('Ana');
  device.declare();
  const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`, headers);
  await offer(client, device, 1);
  client.close();
}

describe('the first owner', () => {
  test('[A6] of five that claim at once one becomes the owner, and the link is worth nothing after that', async () => {
    const server = await startServer();
    const secret = secretOf(server.claimLink);
    expect(toClaimLink('http://localhost', secret)).toContain('/claim#');
    const answers = await Promise.all(
      ['Ana', 'Bo', 'Chen', 'Dua', 'Eli'].map((name) => claim(server, secret, name)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
    expect((await claim(server, secret, 'Late')).status).toBe(403);
    await server.stop();
    await server.start();
    expect((await claim(server, secret, 'Later')).status).toBe(403);
  });

  test('[A6] a link is over after a day, and one from before a restart is replaced', async () => {
    const server = await startServer();
    const secret = secretOf(server.claimLink);
    passTime(server, DAY + MINUTE);
    expect((await claim(server, secret, 'Late')).status).toBe(403);
    await server.stop();
    await server.start();
    expect((await claim(server, secret, 'Old link')).status).toBe(403);
  });

  test('[A1] [A6] whoever tried it at the machine is asked to sign in once it is owned, and nothing is lost', async () => {
    const server = await startServer();
    await logSomething(server);
    const before = (await (await visitor(server, 'X').ask('GET', '/api/me')).json()) as Standing;
    expect(before.door).toBe('trying');
    const answer = await claim(server, secretOf(server.claimLink), 'Olga');
    const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const outside = visitor(server, 'X');
    expect(await (await outside.ask('GET', '/api/me')).json()).toMatchObject({ door: 'signedOut' });
    expect((await outside.ask('GET', '/api/incidents')).status).toBe(401);
    const olga = visitor(server, 'Olga', { cookie });
    expect(await (await olga.ask('GET', '/api/incidents')).json()).toMatchObject({
      rows: [{ id: CHECKOUT }],
    });
  });
});

describe('invitations', () => {
  test('[A9] one for a person is spent once, by joining and not by looking', async () => {
    const { server, olga } = await startOwned();
    const wish = { for: 'workspace', role: 'responder' };
    const { secret } = (await (await olga.ask('POST', '/api/invitations', wish)).json()) as Invited;
    const outside = visitor(server, 'Preview of a chat');
    for (let look = 0; look < 3; look += 1) {
      const answer = await outside.ask('POST', '/api/invitations/look', { secret });
      expect((await answer.json()) as Preview).toMatchObject({ role: 'responder', by: 'Olga' });
    }
    const both = await Promise.all(
      ['Rita', 'Ron'].map((name) =>
        outside.ask('POST', '/api/join', { secret, name, person: null }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await outside.ask('POST', '/api/invitations/look', { secret })).status).toBe(404);
  });

  test('[A9] guests come by one link until it ends or is taken back, and then they are out', async () => {
    const { server, olga } = await startOwned();
    await logSomething(server, olga.headers);
    const wish = { for: 'incident', incident: CHECKOUT, right: 'log', hours: 2 };
    const invited = (await (await olga.ask('POST', '/api/invitations', wish)).json()) as Invited;
    const gus = await enter(server, 'Gus', { secret: invited.secret });
    const gil = await enter(server, 'Gil', { secret: invited.secret });
    const path = `/api/incidents/${CHECKOUT}/snapshot`;
    for (const guest of [gus, gil]) expect((await guest.ask('GET', path)).status).toBe(200);
    expect((await olga.ask('POST', `/api/invitations/${invited.id}/revoke`, {})).status).toBe(200);
    for (const guest of [gus, gil]) expect((await guest.ask('GET', path)).status).toBe(401);
    expect(
      (
        await visitor(server, 'Late').ask('POST', '/api/join', {
          secret: invited.secret,
          name: 'Late',
          person: null,
        })
      ).status,
    ).toBe(404);

    const short = (await (await olga.ask('POST', '/api/invitations', wish)).json()) as Invited;
    const gia = await enter(server, 'Gia', { secret: short.secret });
    passTime(server, 2 * 60 * MINUTE + 1);
    expect((await gia.ask('GET', path)).status).toBe(401);
  });

  test('[A10] a code works however it is typed, for a quarter of an hour; who guesses is slowed down', async () => {
    const { server, olga } = await startOwned();
    const wish = { for: 'workspace', role: 'viewer' };
    const { code } = (await (await olga.ask('POST', '/api/invitations', wish)).json()) as Invited;
    const typed = ` ${code.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    const vera = await enter(server, 'Vera', { code: typed });
    expect(await (await vera.ask('GET', '/api/me')).json()).toMatchObject({
      account: { role: 'viewer' },
    });

    const late = (await (await olga.ask('POST', '/api/invitations', wish)).json()) as Invited;
    passTime(server, 16 * MINUTE);
    const outside = visitor(server, 'Late');
    expect((await outside.ask('POST', '/api/invitations/look', { code: late.code })).status).toBe(
      404,
    );
    expect(
      (await outside.ask('POST', '/api/invitations/look', { secret: late.secret })).status,
    ).toBe(200);

    const proxied = await startServer({
      PUBLIC_URL: 'https://logline.example',
      PORT: `${await freePort()}`,
    });
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      const { status } = await askWithHost(
        proxied,
        'logline.example',
        'POST',
        '/api/invitations/look',
        JSON.stringify({ code: `AAAA-AA${10 + guess}` }),
        { 'x-forwarded-for': `10.0.0.${guess}`, 'cf-connecting-ip': `10.1.0.${guess}` },
      );
      statuses.push(status);
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(7);
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    // One household has a whole network of addresses.
    expect(toNetwork('2001:db8:1:2::1')).toBe(toNetwork('2001:db8:1:2:ffff:ffff:ffff:ffff'));
    expect(toNetwork('2001:db8:1:2::1')).not.toBe(toNetwork('2001:db8:1:3::1'));
    expect(toNetwork('::ffff:10.0.0.7')).toBe('10.0.0.7');
  });

  test('[A9] who is signed in takes a guest’s invitation as who they are', async () => {
    const { server, olga } = await startOwned();
    await logSomething(server, olga.headers);
    const vera = await join(server, olga, 'Vera', 'viewer');
    const wish = { for: 'incident', incident: CHECKOUT, right: 'log', hours: 2 };
    const { secret } = (await (await olga.ask('POST', '/api/invitations', wish)).json()) as Invited;
    const answer = await vera.ask('POST', '/api/join', { secret, name: 'Vera', person: null });
    expect(await answer.json()).toMatchObject({
      incident: CHECKOUT,
      standing: { account: { id: vera.id } },
    });
    const rights = await vera.ask('GET', `/api/incidents/${CHECKOUT}/rights`);
    expect(await rights.json()).toMatchObject({ level: 'log' });
  });

  test('[A9] another device of one’s own comes in by a link of ten minutes, as the same person', async () => {
    const { server, olga } = await startOwned();
    const { secret } = (await (
      await olga.ask('POST', '/api/invitations', { for: 'device' })
    ).json()) as Invited;
    const laptop = await enter(server, 'Whatever', { secret });
    expect(laptop.id).toBe(olga.id);
    const { devices } = (await (await olga.ask('GET', '/api/devices')).json()) as {
      devices: { id: string; isThis: boolean }[];
    };
    expect(devices.map(({ isThis }) => isThis).sort()).toEqual([false, true]);
    const other = devices.find(({ isThis }) => !isThis);
    expect((await olga.ask('POST', `/api/devices/${other?.id}/revoke`, {})).status).toBe(200);
    expect((await laptop.ask('GET', '/api/incidents')).status).toBe(401);
  });
});

describe('people', () => {
  test('[A18] the last owner stays one, and is not suspended', async () => {
    const { server, olga } = await startOwned();
    for (const change of [{ role: 'viewer' }, { isSuspended: true }])
      expect((await olga.ask('POST', `/api/people/${olga.id}`, change)).status).toBe(409);
    const bo = await join(server, olga, 'Bo', 'owner');
    expect((await olga.ask('POST', `/api/people/${olga.id}`, { role: 'viewer' })).status).toBe(200);
    expect((await bo.ask('POST', `/api/people/${bo.id}`, { role: 'viewer' })).status).toBe(409);
    expect((await olga.ask('GET', '/api/people')).status).toBe(403);
  });

  test('[A14] neither the database nor its log files hold a secret that lets anybody in', async () => {
    const { server, olga } = await startOwned();
    await join(server, olga, 'Rita', 'responder');
    const wish = { for: 'workspace', role: 'responder' };
    const { secret, code } = (await (
      await olga.ask('POST', '/api/invitations', wish)
    ).json()) as Invited;
    const token = (await (
      await olga.ask('POST', '/api/tokens', { name: 'script', incident: null, right: 'view' })
    ).json()) as { secret: string };
    const cookie = olga.headers['cookie']?.split('=')[1] ?? '';
    const all = readdirSync(server.dataDir)
      .filter((file) => file.startsWith('logline.sqlite'))
      .map((file) => readFileSync(joinPath(server.dataDir, file), 'latin1'))
      .join('');
    expect(all).toContain('Rita');
    for (const live of [secret, code, code.replace('-', ''), token.secret, cookie]) {
      expect(live.length).toBeGreaterThan(7);
      expect(all.includes(live)).toBe(false);
    }
  });

  test('[A19] each row of the audit log vouches for the one before', async () => {
    const { server, olga } = await startOwned();
    const rita = await join(server, olga, 'Rita', 'responder');
    await olga.ask('POST', `/api/people/${rita.id}`, { role: 'viewer' });
    const { rows, brokenAt } = (await (await olga.ask('GET', '/api/audit')).json()) as {
      rows: { act: string; actor: string }[];
      brokenAt: number | null;
    };
    expect(rows.map(({ act }) => act)).toEqual(['claimed', 'invited', 'joined', 'roleChanged']);
    expect(brokenAt).toBeNull();
    await server.stop();
    const db = new DatabaseSync(joinPath(server.dataDir, 'logline.sqlite'));
    db.exec("update audit set detail = 'viewer to owner' where number = 4");
    db.close();
    await server.start();
    expect(await (await olga.ask('GET', '/api/audit')).json()).toMatchObject({ brokenAt: 4 });
  });
});

describe('from the machine itself', () => {
  test('[A27] with the server stopped an owner is made by a link that works once', async () => {
    const { server } = await startOwned();
    await expect(auth(server, 'reset-owner')).rejects.toThrow(/Stop that one/);
    await server.stop();
    await expect(auth(server, 'reset', 'owner')).rejects.toThrow(/npm run auth/);
    const said = await auth(server, 'reset-owner');
    await server.start();
    const secret = secretOf(/http\S+/.exec(said)?.[0] ?? null);
    const nils = await enter(server, 'Nils', { secret });
    expect((await nils.ask('GET', '/api/people')).status).toBe(200);
    await expect(enter(server, 'Late', { secret })).rejects.toThrow(/404/);
  });

  test('[A28] a token reads or logs what it was made for, and nothing once it is taken back', async () => {
    const { server, olga } = await startOwned();
    await logSomething(server, olga.headers);
    const other = newIncidentId(NIGHT, createRandom(4).bytes);
    await server.stop();
    const said = await auth(server, 'token', 'robot', 'view', CHECKOUT);
    await server.start();
    const robot = visitor(server, 'Robot', {
      authorization: /Bearer [\w-]+/.exec(said)?.[0] ?? '',
    });
    expect((await robot.ask('GET', `/api/incidents/${CHECKOUT}/snapshot`)).status).toBe(200);
    expect((await robot.ask('GET', `/api/incidents/${other}/snapshot`)).status).toBe(404);
    expect((await robot.ask('POST', `/api/incidents/${CHECKOUT}/updates`, {})).status).toBe(403);
    expect((await robot.ask('GET', '/api/people')).status).toBe(403);
    const listed: unknown = await (await olga.ask('GET', '/api/tokens')).json();
    expect(listed).toMatchObject({ tokens: [{ name: 'robot', right: 'view' }] });
    const { tokens } = listed as { tokens: { id: string }[] };
    const answer = await olga.ask('POST', `/api/tokens/${tokens[0]?.id}/revoke`, {});
    expect(answer.status).toBe(200);
    expect((await robot.ask('GET', `/api/incidents/${CHECKOUT}/snapshot`)).status).toBe(401);
  });
});

describe('requests', () => {
  test('[A15] a body with anything unknown in it, or of another kind, is refused with a reason', async () => {
    const { server, olga } = await startOwned();
    const bodies = [
      { for: 'workspace', role: 'responder', isAdmin: true },
      { for: 'workspace', role: 'admin' },
      { for: 'incident', incident: '../../etc/passwd', right: 'log', hours: 1 },
      { for: 'device', __proto__x: 1 },
      [],
      'text',
      null,
    ];
    for (const body of bodies) {
      const answer = await olga.ask('POST', '/api/invitations', body);
      expect(answer.status, JSON.stringify(body)).toBe(400);
      expect((await answer.text()).length).toBeGreaterThan(5);
    }
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json\u00a0x',
      'multipart/form-data',
    ]) {
      const answer = await fetch(new URL('/api/invitations', server.url), {
        method: 'POST',
        headers: {
          ...olga.headers,
          origin: new URL(server.url).origin,
          'content-type': type.replace('\u00a0', ' '),
        },
        body: JSON.stringify({ for: 'device' }),
      });
      expect([400, 415]).toContain(answer.status);
    }
  });

  test('[A16] a cookie counts for nothing when another site’s page sends it', async () => {
    const { server, olga } = await startOwned();
    const { origin } = new URL(server.url);
    const tries: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${origin}.evil.example` },
      { origin, 'sec-fetch-site': 'cross-site' },
      { origin, 'sec-fetch-site': 'same-site' },
      {},
    ];
    for (const headers of tries) {
      const answer = await fetch(new URL('/api/invitations', server.url), {
        method: 'POST',
        headers: { ...olga.headers, ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ for: 'device' }),
      });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
    const { invitations } = (await (await olga.ask('GET', '/api/people')).json()) as {
      invitations: unknown[];
    };
    expect(invitations).toEqual([]);
  });

  test('[A17] beyond this machine nobody signs in over plain http, and they are told why', async () => {
    const server = await startServer();
    const lan = visitor(server, 'Ana', { host: 'logline.lan' });
    const standing = await askWithHost(server, 'logline.lan', 'GET', '/api/me');
    expect(standing.body).toContain('unclaimed');
    expect(standing.body).toContain('needs https');
    const body = JSON.stringify({
      secret: secretOf(server.claimLink),
      name: lan.name,
      person: null,
    });
    const claimed = await askWithHost(server, 'logline.lan', 'POST', '/api/claim', body);
    expect(claimed.status).toBe(403);
    expect(claimed.body).toContain('needs https');
    const proxied = await startServer({
      PUBLIC_URL: 'https://logline.example',
      PORT: `${await freePort()}`,
    });
    const secret = secretOf(proxied.claimLink);
    const behind = await askWithHost(
      proxied,
      'logline.example',
      'POST',
      '/api/claim',
      JSON.stringify({ secret, name: 'Olga', person: null }),
    );
    expect(behind.status).toBe(200);
    expect(behind.onlyHttps).toBe('max-age=31536000');
    expect(claimed.onlyHttps).toBe('');
    expect(behind.cookie).toMatch(
      /^__Host-logline=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/,
    );
  });
});

async function auth(server: TestServer, ...words: readonly string[]): Promise<string> {
  const script = joinPath(import.meta.dirname, '..', '..', '..', 'server', 'auth-cli.ts');
  const env = { ...process.env, DATA_DIR: server.dataDir };
  try {
    return (await promisify(execFile)(process.execPath, [script, ...words], { env })).stdout;
  } catch (cause) {
    throw new Error(cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : 'failed');
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** `fetch` sets the Host header itself, so this goes one level below. */
async function askWithHost(
  server: TestServer,
  host: string,
  method: string,
  path: string,
  body?: string,
  more: Record<string, string> = {},
) {
  return new Promise<{ status: number; body: string; cookie: string; onlyHttps: string }>(
    (resolve, reject) => {
      const headers = { ...more, host, ...(body ? { 'content-type': 'application/json' } : {}) };
      const asked = request(
        new URL(path, server.syncUrl.replace(/^ws/, 'http')),
        { method, headers },
        async (answer) => {
          const parts: Buffer[] = [];
          for await (const part of answer) parts.push(part);
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(parts).toString(),
            cookie: answer.headers['set-cookie']?.[0] ?? '',
            onlyHttps: answer.headers['strict-transport-security'] ?? '',
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    },
  );
}
