/**
 * Tests start the server hundreds of times, mostly to kill it. Node keeps what it compiled for the processes that come
 * after, but writes it down only when a process ends in good order: so one does, before all others.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '..', '..', 'server', 'main.ts');
const GIVE_UP_AFTER_MILLIS = 30_000;

/** Every Node process that is started from here on takes part, until this one ends. */
export async function compileOnce(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'logline-compiled-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'cache');
  const server = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: GIVE_UP_AFTER_MILLIS,
  });
  // Where it does not start, a test will say so, and better.
  createInterface(server.stdout).once('line', () => server.kill('SIGTERM'));
  await new Promise((resolve) => server.once('close', resolve));
}
