import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { decideAccess } from '../../server/auth/access.ts';
import { readConfig } from '../../server/config.ts';
import { newIncidentId } from '../../shared/domain/id.ts';
import { NIGHT } from '../support/device.ts';
import { createRandom } from '../support/random.ts';
import { connectRaw } from '../support/raw-client.ts';
import { startServer } from '../support/server.ts';

const CHECKOUT = newIncidentId(NIGHT, createRandom(3).bytes);
const HERE = { remoteAddress: '127.0.0.1', host: 'localhost:4400', origin: undefined };
const CLOSED = { isOpen: false, publicUrl: null };
const OPEN = { isOpen: true, publicUrl: null };

describe('access', () => {
  test('[A1] while nobody owns the server, only its own machine may try it, under its own names', () => {
    const atHome = { ok: true, isAtHome: true };
    expect(decideAccess(HERE, CLOSED)).toEqual(atHome);
    expect(decideAccess({ ...HERE, remoteAddress: '::ffff:127.0.0.1' }, CLOSED)).toEqual(atHome);
    const six = { ...HERE, remoteAddress: '::1', host: '[::1]:4400' };
    expect(decideAccess(six, CLOSED)).toEqual(atHome);
    for (const stranger of [
      { ...HERE, remoteAddress: '192.168.1.20' },
      { ...HERE, remoteAddress: undefined },
      { ...HERE, host: 'logline.lan' },
      { ...HERE, host: undefined },
      { ...HERE, isForwarded: true },
    ])
      expect(decideAccess(stranger, CLOSED)).toEqual({ ok: true, isAtHome: false });
    for (const host of ['evil.example', 'localhost.evil.example'])
      expect(decideAccess({ ...HERE, host }, CLOSED)).toMatchObject({ ok: false });
  });

  test('[A2] LOGLINE_OPEN=yes lets everybody who can reach it try it, but no other site', () => {
    const guest = { ...HERE, remoteAddress: '192.168.1.20', host: 'logline.lan:4400' };
    expect(decideAccess(guest, OPEN)).toEqual({ ok: true, isAtHome: true });
    expect(decideAccess({ ...guest, origin: 'http://logline.lan:4400' }, OPEN).ok).toBe(true);
    expect(decideAccess({ ...guest, origin: 'https://evil.example' }, OPEN)).toMatchObject({
      ok: false,
    });
    const unnamed = { ...guest, host: 'evil.example', origin: 'http://evil.example' };
    expect(decideAccess(unnamed, OPEN)).toMatchObject({ ok: false });
    for (const host of ['192.168.1.7:4400', '[fd00::7]:4400', 'logline', 'logline.home.arpa']) {
      expect(decideAccess({ ...guest, host }, OPEN).ok).toBe(true);
    }
    const behindProxy = { isOpen: true, publicUrl: new URL('https://logline.example/') };
    expect(decideAccess({ ...guest, origin: 'https://logline.example' }, behindProxy).ok).toBe(
      true,
    );
    for (const host of ['logline.example', 'app:4400', '10.0.0.7:4400', 'localhost']) {
      expect(decideAccess({ ...guest, host }, behindProxy).ok).toBe(true);
    }
    const rebound = { ...guest, host: 'evil.example', origin: 'http://evil.example' };
    expect(decideAccess(rebound, behindProxy)).toMatchObject({ ok: false });
  });

  test('[A3] a foreign page gets no socket, and a foreign name gets no answer', async () => {
    const server = await startServer();
    const client = await connectRaw(`${server.syncUrl}/${CHECKOUT}`, {
      origin: 'https://evil.example',
    });
    expect(await client.closed).toBe(1006);
    const rebound = await connectRaw(`${server.syncUrl}/${CHECKOUT}`, { host: 'evil.example' });
    expect(await rebound.closed).toBe(1006);
    const { status, body } = await askAs(server.url, 'evil.example');
    expect(status).toBe(403);
    expect(body).toContain('set PUBLIC_URL');
  });
});

describe('settings', () => {
  test('[A4] the defaults keep the server to this machine', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      config: {
        port: 4400,
        host: '127.0.0.1',
        dataDir: './data',
        publicUrl: null,
        logLevel: 'info',
        isOpen: false,
        ownerToken: null,
        tls: null,
      },
    });
    expect(readConfig({ PORT: '', HOST: '' })).toEqual(readConfig({}));
  });

  test('[A5] a bad setting refuses, names itself and says what to set', () => {
    const problems = (environment: Record<string, string>): string => {
      const outcome = readConfig(environment);
      return outcome.ok ? 'accepted' : outcome.problems.join(' ');
    };
    expect(problems({ PORT: 'http' })).toBe(
      'PORT is "http". Set it to a whole number from 0 to 65535.',
    );
    expect(problems({ PORT: '70000' })).toContain('PORT is "70000"');
    expect(problems({ LOG_LEVEL: 'loud' })).toContain('one of fatal, error, warn');
    expect(problems({ PUBLIC_URL: 'logline' })).toContain('such as https://logline.example');
    expect(problems({ LOGLINE_OPEN: 'true' })).toBe('LOGLINE_OPEN is "true". Set it to yes or no.');
    expect(problems({ PORT: 'x', LOG_LEVEL: 'y' })).toMatch(/PORT.*LOG_LEVEL/);
    expect(problems({ TLS_CERT: '/c.pem' })).toBe(
      'TLS_CERT is set and TLS_KEY is not. Set both to files in PEM, or neither for plain http.',
    );
    expect(problems({ HOST: '0.0.0.0' })).toBe('accepted');
    const short = problems({ LOGLINE_OWNER_TOKEN: 'hunter2' });
    expect(short).toContain('LOGLINE_OWNER_TOKEN is not what it should be');
    expect(short).not.toContain('hunter2');
  });
});

/** `fetch` sets the Host header itself, so this goes one level below. */
function askAs(url: string, host: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() });
    });
    asked.on('error', reject);
    asked.end();
  });
}
