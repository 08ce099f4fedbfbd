/** What a connection costs that does nothing: two thousand phones with an incident open, and then none. */

import { setTimeout as wait } from 'node:timers/promises';
import { encodeUpdate } from '../../../shared/protocol/frames.ts';
import { announce, type Client, join } from './client.ts';
import type { Memory } from './server-process.ts';
import { declare, logEntries, newRoom } from './story.ts';
import type { Workload } from './workload.ts';

const ROOMS = 200;
const PER_ROOM = 10;
const ENTRIES = 5;
const RELEASE_WITHIN_MILLIS = 30_000;

export const idleMemory: Workload = {
  name: 'idle-memory',
  label: `${ROOMS * PER_ROOM} idle connections over ${ROOMS} incidents`,
  needs: 'process',
  maxRounds: 1,
  async run(arena) {
    const target = await arena.start();
    const { server } = target;
    let people = 0;
    const warmUp = await openRoom();
    for (const client of warmUp) client.close();
    await wait(1000);
    const before = await server.memory();

    const clients: Client[] = [];
    for (let room = 0; room < ROOMS; room++) clients.push(...(await openRoom()));
    await wait(3000);
    const open = await server.memory();
    const isComplete = clients.every((client) => client.isOpen());

    for (const client of clients) client.close();
    await wait(RELEASE_WITHIN_MILLIS);
    const after = await server.memory();
    await server.stop();
    const grown = (kind: keyof Memory): number => open[kind] - before[kind];
    const released = (kind: keyof Memory): number => open[kind] - after[kind];
    const perConnection = (kind: keyof Memory): number | null =>
      isComplete ? grown(kind) / clients.length / 1000 : null;
    return [
      { name: 'resident memory per connection', unit: 'kB', value: perConnection('residentBytes') },
      {
        name: 'resident, released after 30 s',
        unit: '%',
        value: (100 * released('residentBytes')) / grown('residentBytes'),
      },
      { name: 'memory in use per connection', unit: 'kB', value: perConnection('usedBytes') },
      {
        name: 'in use, released after 30 s',
        unit: '%',
        value: (100 * released('usedBytes')) / grown('usedBytes'),
      },
    ];

    async function openRoom(): Promise<readonly Client[]> {
      const room = newRoom();
      const { device, first } = declare();
      const [writer, ...others] = await Promise.all(
        Array.from({ length: PER_ROOM }, () => join(target, room, () => undefined)),
      );
      if (!writer) return [];
      for (const { update } of [first, ...logEntries(device, ENTRIES)]) {
        writer.send(encodeUpdate(update));
      }
      const members = [writer, ...others];
      for (const member of members) {
        people += 1;
        announce(member, people);
      }
      return members;
    }
  },
};
