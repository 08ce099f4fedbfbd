/** A server under fire, with somebody honest at work beside the attackers. */

import { expect } from 'vitest';
import { newIncidentId } from '../../shared/domain/id.ts';
import { rounds } from './counts.ts';
import { NIGHT } from './device.ts';
import { newFolder } from './folder.ts';
import { toHello } from './hello.ts';
import { findLost, type Honest, startHonest } from './honest.ts';
import { realUpdates } from './hostile-frames.ts';
import { readFigures } from './process-figures.ts';
import { createRandom, newSeed, type Random } from './random.ts';
import { throwAt, toWire } from './raw-socket.ts';
import { type ServerProcess, startProcess } from './server-process.ts';

export const FRAMES = rounds({ usual: 100_000, long: 1_000_000 });
/** The server hears nobody after the first frame it refused, so each socket carries only a few. */
const FRAMES_A_SOCKET = 4;
const SOCKETS = 8;
/** The attackers' own client id: a device like any other, so that an update has to be looked at to be refused. */
export const MALLORY = realUpdates(5);
const MAX_GROWTH_BYTES = 256 * 2 ** 20;
/** Nobody who writes beside it waits longer for the server's word. */
const MAX_WAIT_MILLIS = 2_000;

/**
 * Throws frames at a server process while somebody logs lines in the same incident, and looks afterwards whether all
 * of those lines are there: for who comes in now, and for who comes in after a kill.
 * @param arm makes what makes one frame after the other; `isLast` on its socket
 */
export async function underFire(
  rule: string,
  arm: (random: Random, honest: Honest) => (isLast: boolean) => Buffer,
): Promise<void> {
  const seed = newSeed();
  const random = createRandom(seed);
  const dataDir = newFolder();
  const server = await startProcess({ DATA_DIR: dataDir });
  const id = newIncidentId(NIGHT, random.bytes);
  const url = `${server.syncUrl}/${id}`;
  const honest = await startHonest(url);
  const before = readFigures(server.pid);
  const start = performance.now();
  await bombard(server, url, random, arm(random, honest));
  const tookMillis = performance.now() - start;
  expect(server.hasEnded(), `seed ${seed}: ${server.output()}`).toBe(false);
  const slowest = honest.takeSlowestMillis();
  await honest.finish();
  const after = readFigures(server.pid);
  console.info(
    `[${rule}] ${FRAMES} frames, seed ${seed}: ${Math.round(tookMillis)} ms, CPU ${after.cpuMillis - before.cpuMillis} ms, ` +
      `memory ${toMiB(before.rssBytes)} → ${toMiB(after.rssBytes)} MiB (peak ${toMiB(after.peakBytes)}), ` +
      `${honest.writer.written.length} honest lines, slowest answer ${Math.round(slowest)} ms`,
  );
  expect(honest.writer.isOpen()).toBe(true);
  expect(slowest, `seed ${seed}`).toBeLessThan(MAX_WAIT_MILLIS);
  const lost = await findLost(url, honest);
  expect(lost, `seed ${seed}`).toMatchObject({ lines: [], updates: 0 });
  if (lost.reworded.length > 0) console.info(`[${rule}] reworded:`, lost.reworded);
  expect(after.rssBytes - before.rssBytes).toBeLessThan(MAX_GROWTH_BYTES);

  await server.kill();
  const again = await startProcess({ DATA_DIR: dataDir });
  expect(await findLost(`${again.syncUrl}/${id}`, honest)).toEqual(lost);
}

async function bombard(
  server: ServerProcess,
  url: string,
  random: Random,
  next: (isLast: boolean) => Buffer,
): Promise<void> {
  let left = FRAMES;
  const lane = async (): Promise<void> => {
    while (left > 0 && !server.hasEnded()) {
      const count = Math.min(left, FRAMES_A_SOCKET);
      left -= count;
      const client = random.below(4) === 0 ? random.below(2 ** 32) : MALLORY.client;
      const hello = toHello(client).map((frame) => toWire(frame));
      const frames = Array.from({ length: count }, (_, index) => next(index === count - 1));
      await throwAt(url, Buffer.concat([...hello, ...frames]));
    }
  };
  await Promise.all(Array.from({ length: SOCKETS }, lane));
}

function toMiB(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
