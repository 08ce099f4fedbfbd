/** What a workload is given and what it gives back. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Target } from './client.ts';
import type { Peer } from './peers.ts';
import { readCpuMillis, type ServerProcess } from './server-process.ts';

export type Running = Target & {
  /** Whose CPU time is read; null when nobody said. */
  readonly pid: number | null;
  /** Null for a server somebody else started. */
  readonly server: ServerProcess | null;
};

export type Owned = Running & { readonly pid: number; readonly server: ServerProcess };

/** A place to measure one server in: its data stays from one start to the next, and is thrown away in the end. */
export type Arena = {
  readonly peer: Peer;
  readonly dataDir: string;
  start(): Promise<Owned>;
};

export type Measure = {
  readonly name: string;
  readonly unit: string;
  /** Null: this server cannot do it. */
  readonly value: number | null;
};

export type Workload = {
  readonly name: string;
  readonly label: string;
  /** More rounds than this tell nothing new. */
  readonly maxRounds?: number;
  /** Turns the server into a special one; null: not measured with this one. */
  readonly adapt?: (peer: Peer) => Peer | null;
} & (
  | { readonly needs: 'socket'; readonly run: (server: Running) => Promise<readonly Measure[]> }
  | { readonly needs: 'process'; readonly run: (arena: Arena) => Promise<readonly Measure[]> }
);

const SETTLED_BELOW_MILLIS = 20;
const SETTLE_WITHIN_SECONDS = 60;

/** Waits until the server has done what it had put off: a second in which it used next to no CPU. */
export async function settle(pid: number): Promise<void> {
  for (let second = 0; second < SETTLE_WITHIN_SECONDS; second++) {
    const before = readCpuMillis(pid);
    await wait(1000);
    if (readCpuMillis(pid) - before < SETTLED_BELOW_MILLIS) return;
  }
}

/** @param share in [0, 1] */
export function percentile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
