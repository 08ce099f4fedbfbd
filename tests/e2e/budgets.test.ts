import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CLIENT_DIR, newPhone, useBrowser } from '../support/phones.ts';
import { startServer } from '../support/server.ts';

useBrowser();

const KB = 1000;
const page = readFileSync(join(CLIENT_DIR, 'index.html'), 'utf8');

describe('budgets', () => {
  test('[B1] the first load takes at most 110 kB of JavaScript and 14 kB of CSS, packed', () => {
    expect(packedSize(linked(/(?:src|href)="(\/assets\/[^"]+\.js)"/g))).toBeLessThanOrEqual(
      110 * KB,
    );
    expect(packedSize(linked(/href="(\/assets\/[^"]+\.css)"/g))).toBeLessThanOrEqual(14 * KB);
  });

  test('[B2] everything the app ever loads is at most 185 kB of JavaScript and 14 kB of CSS, packed', () => {
    const assets = readdirSync(join(CLIENT_DIR, 'assets')).map((name) => `/assets/${name}`);
    expect(packedSize(assets.filter((name) => name.endsWith('.js')))).toBeLessThanOrEqual(185 * KB);
    expect(packedSize(assets.filter((name) => name.endsWith('.css')))).toBeLessThanOrEqual(14 * KB);
  });

  test('[B3] the service worker takes at most 10 kB, packed', () => {
    expect(packedSize(['/service-worker.js'])).toBeLessThanOrEqual(10 * KB);
  });

  test('[B5] the postmortem is a part of its own, of at most 40 kB packed, that the first load does not fetch', () => {
    const parts = readdirSync(join(CLIENT_DIR, 'assets'))
      .filter((name) => /^postmortem.*\.js$/.test(name))
      .map((name) => `/assets/${name}`);
    expect(parts).toHaveLength(1);
    expect(packedSize(parts)).toBeLessThanOrEqual(40 * KB);
    expect(page).not.toContain('postmortem');
  });

  test('[B4] no request goes to any other host', async () => {
    const server = await startServer({}, CLIENT_DIR);
    const ana = await newPhone(server.url, 'Ana Lind', { keepsApp: true });
    const hosts = new Set<string>();
    ana.context.on('request', (request) => hosts.add(new URL(request.url()).host));
    ana.page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
    await ana.start();
    await ana.installed();
    await ana.declare('Card payments failing, EU');
    await ana.log('See https://grafana.example/d/1');
    await ana.sent();
    expect([...hosts]).toEqual([new URL(server.url).host]);
  });
});

function linked(pattern: RegExp): readonly string[] {
  const names = [...page.matchAll(pattern)].map((match) => match[1] ?? '');
  expect(names.length).toBeGreaterThan(0);
  return [...new Set(names)];
}

function packedSize(names: readonly string[]): number {
  return names.reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(CLIENT_DIR, name)), { level: 9 }).length,
    0,
  );
}
