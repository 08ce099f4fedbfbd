/** One attack on a server process, with somebody honest at work beside it, and what it cost the server. */

import { expect } from 'vitest';
import { type IncidentId, newIncidentId } from '../../shared/domain/id.ts';
import { NIGHT } from './device.ts';
import { newFolder } from './folder.ts';
import { findLost, type Honest, startHonest } from './honest.ts';
import { forgetPeak, readFigures } from './process-figures.ts';
import { createRandom } from './random.ts';
import { type ServerProcess, startProcess } from './server-process.ts';

/** Nobody who writes beside an attack waits longer for the server's word. */
const MAX_WAIT_MILLIS = 2_000;

export type Scene = {
  readonly server: ServerProcess;
  readonly id: IncidentId;
  /** The socket's address of the incident. */
  readonly url: string;
  readonly honest: Honest;
};

export type Cost = {
  readonly attack: string;
  /** Above what it was before, at its highest. */
  readonly peakMiB: number;
  readonly cpuMillis: number;
  /** How long the honest one waited for the server's word on a line, at worst. */
  readonly slowestMillis: number;
};

/** The honest one is neither dropped nor loses a line, and the process lives. @returns what it cost */
export async function attack(name: string, act: (scene: Scene) => Promise<void>): Promise<Cost> {
  const server = await startProcess({ DATA_DIR: newFolder() });
  const id = newIncidentId(NIGHT, createRandom(3).bytes);
  const url = `${server.syncUrl}/${id}`;
  const honest = await startHonest(url);
  forgetPeak(server.pid);
  const before = readFigures(server.pid);
  await act({ server, id, url, honest });
  expect(server.hasEnded(), server.output()).toBe(false);
  await honest.finish();
  const after = readFigures(server.pid);
  expect(honest.writer.isOpen()).toBe(true);
  expect(await findLost(url, honest)).toEqual({ lines: [], updates: 0, reworded: [] });
  return {
    attack: name,
    peakMiB: Math.round((after.peakBytes - before.rssBytes) / 2 ** 20),
    cpuMillis: after.cpuMillis - before.cpuMillis,
    slowestMillis: Math.round(honest.takeSlowestMillis()),
  };
}

/** @param limits what it may cost at most */
export function expectCheap(cost: Cost, limits: { peakMiB: number; cpuMillis: number }): void {
  expect(cost.peakMiB).toBeLessThan(limits.peakMiB);
  expect(cost.cpuMillis).toBeLessThan(limits.cpuMillis);
  expect(cost.slowestMillis).toBeLessThan(MAX_WAIT_MILLIS);
}
