import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepAssets } from '../../server/http/old-assets.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import { DAY } from '../../shared/domain/time.ts';
import { decodeDirectoryPage, toDirectoryPath } from '../../shared/protocol/directory.ts';
import { createDevice, NIGHT } from '../support/device.ts';
import { newFolder } from '../support/folder.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw, offer } from '../support/raw-client.ts';
import { throwAt, toWire } from '../support/raw-socket.ts';
import { newClientDir, startServer, type TestServer } from '../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);

describe('the built client', () => {
  test('[N13] hashed files are kept for ever, the page is asked for again, and both come packed', async () => {
    const { url } = await startServer();
    const path = new URL('/assets/main-a1b2c3.js', url);
    const packed = await fetch(path, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(await packed.text()).toBe('export const nothing = 0;');
    const asset = await fetch(path, { headers: { 'accept-encoding': 'identity' } });
    expect(asset.headers.get('content-encoding')).toBeNull();
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await asset.text()).toBe('export const nothing = 0;');

    const page = await fetch(url);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const etag = page.headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  test('[N14] a deep link gets the page, and nothing else on the disk is served', async () => {
    const { url } = await startServer();
    for (const path of [`/i/${CHECKOUT}`, `/i/${CHECKOUT}/postmortem`, '/i/lobby'])
      expect(await (await fetch(new URL(path, url))).text()).toContain('Logline');
    for (const path of ['/logline.sqlite', '/assets/../../x', '/%2e%2e/package.json', '/nothing']) {
      expect((await fetch(new URL(path, url))).status).toBe(404);
    }
  });

  test('[N15] every answer forbids inline script, frames and other hosts', async () => {
    const { url } = await startServer();
    for (const path of ['/', '/nothing', '/api/health', '/api/incidents?since=x']) {
      const policy = (await fetch(new URL(path, url))).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      const { headers } = await fetch(new URL(path, url));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('geolocation=()');
      expect(headers.has('strict-transport-security')).toBe(false); // it is plain http
    }
  });
});

describe('the directory', () => {
  test('[N16] it tells what changed since a revision, and a phone that waits is told at once', async () => {
    const server = await startServer();
    expect(await readDirectory(server, 0)).toMatchObject({ rev: 0, rows: [], lineage: 0 });

    const waiting = readDirectory(server, 0, 25);
    const device = createDevice('Ana');
    device.declare();
    await offer(await connectRaw(`${server.syncUrl}/${CHECKOUT}`), device, 1);
    const page = await waiting;
    expect(page).toMatchObject({ rev: 1, rows: [{ id: CHECKOUT, number: 1, rev: 1 }] });
    expect(page?.rows[0]?.summary).toMatchObject({
      title: 'Card payments failing at checkout, EU',
      severity: 2,
      status: 'investigating',
      people: [{ person: device.person, name: 'Ana' }],
    });
    expect(await readDirectory(server, 1)).toMatchObject({ rev: 1, rows: [], lineage: 0 });
  });

  test('[N17] a phone ahead of a server that lost data starts over', async () => {
    const server = await startServer();
    const device = createDevice('Ana');
    device.declare();
    await offer(await connectRaw(`${server.syncUrl}/${CHECKOUT}`), device, 1);
    expect(await readDirectory(server, 900)).toMatchObject({ rev: 1, rows: [{ id: CHECKOUT }] });
  });

  test('[N18] a question it cannot read is answered with a reason', async () => {
    const { url } = await startServer();
    const answer = await fetch(new URL('/api/incidents?since=yesterday', url));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('since');
  });
});

async function readDirectory(server: TestServer, since: number, wait = 0) {
  const answer = await fetch(new URL(toDirectoryPath(since, wait, ''), server.url));
  return decodeDirectoryPage(await answer.json());
}

describe('connections', () => {
  test('[N25] no request line and no broken connection ends the server', async () => {
    const server = await startServer();
    const { port } = new URL(server.url);
    const upgrade = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    for (const path of ['//', '///x', 'http://[', '/sync/%', '*']) {
      const socket = connect(Number(port));
      socket.on('error', () => undefined);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(upgrade(path));
      socket.resume();
      await closed;
    }
    for (let tries = 0; tries < 50; tries += 1) {
      const socket = connect(Number(port));
      socket.on('error', () => undefined);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(upgrade('/sync/x'), () => socket.resetAndDestroy());
      await closed;
    }
    expect((await fetch(`${server.url}api/health`)).status).toBe(200);
  });

  test('[N25] nor does who was turned away and goes on talking', async () => {
    const server = await startServer();
    const lobby = `${server.syncUrl.replace('ws:', 'http:')}/lobby`;
    const strange = toWire(Buffer.from('x'), { opcode: 3 });
    const huge = toWire(Buffer.alloc(0), { size: 64 * 1024 * 1024 });
    for (const wire of [strange, huge]) expect(await throwAt(lobby, wire)).toBe(4404);
    expect((await fetch(`${server.url}api/health`)).status).toBe(200);
  });

  test('[N70] two thousand headers end nobody but who sent them', async () => {
    const server = await startServer();
    const ana = createDevice('Ana');
    ana.declare();
    const beside = await connectRaw(`${server.syncUrl}/${CHECKOUT}`);
    await offer(beside, ana, 1);
    const { port } = new URL(server.url);
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const short = 'a:\r\n'.repeat(2_000);
    const long = Array.from({ length: 2_000 }, (_, index) => `x-${index}: ${index}\r\n`).join('');
    for (const [path, more] of [
      ['/', ''],
      ['/api/health', ''],
      [`/sync/${CHECKOUT}`, upgrade],
    ]) {
      for (const headers of [short, long]) {
        const socket = connect(Number(port));
        socket.on('error', () => undefined);
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${more}${headers}\r\n`);
        socket.resume();
        await closed;
      }
    }
    ana.log('Still here');
    await offer(beside, ana, 2);
    expect((await fetch(`${server.url}api/health`)).status).toBe(200);
  });

  test('[N26] a connection that never asks for anything does not keep the server from stopping', async () => {
    const server = await startServer();
    const socket = connect(Number(new URL(server.url).port));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    await server.stop();
    await closed;
  });
});

describe('https', () => {
  test('[N29] with a certificate and its key the server speaks https, and sockets too', async () => {
    const folder = join(import.meta.dirname, '..', 'fixtures', 'tls');
    const cert = join(folder, 'cert.pem');
    const server = await startServer({ TLS_CERT: cert, TLS_KEY: join(folder, 'key.pem') });
    expect(server.url).toMatch(/^https:/);
    const ca = readFileSync(cert);
    const status = await new Promise((resolve, reject) => {
      get(`${server.url}api/health`, { ca }, (answer) => resolve(answer.statusCode)).on(
        'error',
        reject,
      );
    });
    expect(status).toBe(200);
    const device = createDevice('Ana');
    device.declare();
    const socket = await connectRaw(
      `${server.syncUrl.replace('ws:', 'wss:')}/${CHECKOUT}`,
      {},
      { ca },
    );
    await offer(socket, device, 1);

    const broken = startServer({ TLS_CERT: cert, TLS_KEY: cert });
    await expect(broken).rejects.toThrow(/TLS_CERT and TLS_KEY are not a certificate and its key/);
    await expect(startServer({ TLS_CERT: '/nowhere.pem', TLS_KEY: cert })).rejects.toThrow(
      /TLS_CERT is "\/nowhere.pem", which cannot be read/,
    );
  });
});

describe('releases', () => {
  test('[N30] a tab of an earlier release still gets its parts, for a month', async () => {
    const clientDir = newClientDir();
    const server = await startServer({}, clientDir);
    await server.stop();
    rmSync(join(clientDir, 'assets', 'main-a1b2c3.js'));
    writeFileSync(join(clientDir, 'assets', 'main-d4e5f6.js'), 'export const something = 1;');
    await server.start();
    const old = await fetch(`${server.url}assets/main-a1b2c3.js`);
    expect(old.status).toBe(200);
    expect(await old.text()).toContain('nothing');
    expect((await fetch(`${server.url}assets/main-d4e5f6.js`)).status).toBe(200);

    const folder = join(newFolder(), 'data');
    keepAssets(clientDir, folder, NIGHT);
    rmSync(join(clientDir, 'assets', 'main-d4e5f6.js'));
    // It ran for a year before the next release came.
    keepAssets(clientDir, folder, NIGHT + 365 * DAY);
    expect(existsSync(join(folder, 'releases', 'assets', 'main-d4e5f6.js'))).toBe(true);
    keepAssets(clientDir, folder, NIGHT + 396 * DAY);
    expect(existsSync(join(folder, 'releases', 'assets', 'main-d4e5f6.js'))).toBe(false);
  });
});
