/** The real server on a free port, with a folder of its own. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Operation } from '../../server/http/guard.ts';
import { createLog } from '../../server/log.ts';
import { type Server, serve } from '../../server/serve.ts';
import { toConfig } from './config.ts';
import { newFolder } from './folder.ts';

export type TestServer = {
  readonly url: string;
  /** `ws://localhost:…/sync` */
  readonly syncUrl: string;
  readonly dataDir: string;
  /** Every route and what it needs. */
  readonly operations: readonly Operation[];
  /** Null: somebody owns it. */
  readonly claimLink: string | null;
  stop(): Promise<void>;
  /** On the same port and the same data, as after a restart. */
  start(): Promise<void>;
};

/** How far a server's clock runs ahead of this machine's, by its address: phones set theirs by it. */
const clocks = new Map<string, { ahead: number }>();

export function clockOf(url: string): { ahead: number } {
  const known = clocks.get(new URL(url).origin) ?? { ahead: 0 };
  clocks.set(new URL(url).origin, known);
  return known;
}

export async function startServer(
  environment: Record<string, string> = {},
  clientDir = newClientDir(),
): Promise<TestServer> {
  const dataDir = environment['DATA_DIR'] ?? newFolder();
  const clock = { ahead: 0 };
  let running: Server | null = await open({ PORT: '0', ...environment, DATA_DIR: dataDir });
  const { url, operations, claimLink } = running;
  const port = environment['PUBLIC_URL'] ? (environment['PORT'] ?? '') : new URL(url).port;
  clocks.set(new URL(url).origin, clock);

  async function open(settings: Record<string, string>): Promise<Server> {
    const config = toConfig({ LOG_LEVEL: 'silent', ...settings });
    return serve(config, createLog(config.logLevel), clientDir, () => Date.now() + clock.ahead);
  }
  async function stop(): Promise<void> {
    await running?.stop();
    running = null;
  }
  onTestFinished(stop);
  return {
    url,
    syncUrl: `ws://localhost:${port}/sync`,
    dataDir,
    operations,
    claimLink,
    stop,
    async start() {
      running = await open({ ...environment, PORT: port, DATA_DIR: dataDir });
    },
  };
}

/** A client of one page, where a test is about the server alone. */
export function newClientDir(): string {
  const folder = newFolder();
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Logline</title>');
  mkdirSync(join(folder, 'assets'));
  const script = 'export const nothing = 0;';
  writeFileSync(join(folder, 'assets', 'main-a1b2c3.js'), script);
  writeFileSync(join(folder, 'assets', 'main-a1b2c3.js.br'), brotliCompressSync(script));
  return folder;
}
