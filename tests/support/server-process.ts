/** The real server as a process of its own: it can be killed, starved and measured from outside. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const MAIN = join(import.meta.dirname, '..', '..', 'server', 'main.ts');

export type Launched = {
  readonly child: ChildProcess;
  /** Everything it has written so far. */
  output(): string;
  /** The port, once the server says where it is. Rejects when it ends before that. */
  readonly listening: Promise<string>;
};

export type ServerProcess = {
  /** `ws://localhost:…/sync` */
  readonly syncUrl: string;
  readonly url: string;
  readonly port: string;
  readonly pid: number;
  readonly child: ChildProcess;
  hasEnded(): boolean;
  output(): string;
  /** As when the power goes: nothing of the process is asked. Resolves when it is gone. */
  kill(): Promise<void>;
};

/** @param main the program to start: the server's own, or one of a test that wraps it */
export function launch(environment: Record<string, string>, main = MAIN): Launched {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines: string[] = [];
  const listening = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        const port = /Logline is at http:\/\/localhost:(\d+)/.exec(line)?.[1];
        if (port) resolve(port);
      });
    }
    child.once('close', () => reject(new Error(`The server ended: ${lines.join('\n')}`)));
  });
  listening.catch(() => undefined); // a test about a bad start waits for the exit code instead
  return { child, output: () => lines.join('\n'), listening };
}

export async function startProcess(
  environment: Record<string, string>,
  main = MAIN,
): Promise<ServerProcess> {
  const { child, output, listening } = launch({ PORT: '0', ...environment }, main);
  const port = await listening;
  const { pid } = child;
  if (pid === undefined) throw new Error('The server has no process');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    syncUrl: `ws://localhost:${port}/sync`,
    url: `http://localhost:${port}/`,
    port,
    pid,
    child,
    hasEnded,
    output,
    async kill() {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
