/** A server in a process of its own, watched from outside through /proc. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROBE = join(import.meta.dirname, 'probe.ts');
const START_WITHIN_MILLIS = 20_000;
const STOP_WITHIN_MILLIS = 30_000;
/** Linux counts CPU time in hundredths of a second wherever Node runs. */
const MILLIS_PER_TICK = 10;

export type Memory = {
  /** What the system counts, with what the allocators hold back. */
  readonly residentBytes: number;
  /** The live part: heap in use and what hangs on it outside. */
  readonly usedBytes: number;
};

export type ServerProcess = {
  readonly pid: number;
  isAlive(): boolean;
  /** Collects garbage first. */
  memory(): Promise<Memory>;
  /** As an operator stops it. */
  stop(): Promise<void>;
  /** As the power does. */
  kill(): Promise<void>;
};

export type Command = {
  /** What Node is to run, after its own flags. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
};

/** @returns once the port answers */
export async function startProcess(command: Command, port: number): Promise<ServerProcess> {
  const args = ['--expose-gc', '--import', PROBE, ...command.args];
  const child = spawn(process.execPath, args, {
    cwd: command.folder,
    env: { ...process.env, NODE_ENV: 'production', ...command.environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (data: Buffer) => {
    complaint = (complaint + data.toString()).slice(-4000);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  await waitForPort(port, isAlive, () => complaint);
  const { pid } = child;
  if (pid === undefined) throw new Error('The server did not start');

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (isAlive()) child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MILLIS);
    await exited;
    clearTimeout(patience);
  }
  return {
    pid,
    isAlive,
    memory: () => askMemory(child),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** User and system time of all its threads so far, in ms. */
export function readCpuMillis(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name, which may hold spaces; user and system time are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MILLIS_PER_TICK;
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('No free port');
  return address.port;
}

function askMemory(child: ChildProcess): Promise<Memory> {
  return new Promise((resolve) => {
    child.once('message', (told) => {
      const read = (name: string): number => Number(Reflect.get(Object(told), name));
      resolve({ residentBytes: read('residentBytes'), usedBytes: read('usedBytes') });
    });
    child.send('memory');
  });
}

async function waitForPort(
  port: number,
  isAlive: () => boolean,
  complaint: () => string,
): Promise<void> {
  const until = performance.now() + START_WITHIN_MILLIS;
  while (performance.now() < until) {
    if (!isAlive()) break;
    if (await answers(port)) return;
    await wait(20);
  }
  throw new Error(`A server did not start: ${complaint()}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
