/** What a connection costs that does nothing: two thousand phones with an incident open, and then none. */

import { setTimeout as wait } from 'node:timers/promises';
import { encodeUpdate } from '../../../shared/protocol/frames.ts';
import { announce, type Client, join } from './client.ts';
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
  async run(arena) {
    const target = await arena.start();
    const { server } = target;
    const warmUp = await openRoom();
    for (const client of warmUp) client.close();
    await wait(1000);
    const before = await server.residentBytes();

    const clients: Client[] = [];
    for (let room = 0; room < ROOMS; room++) clients.push(...(await openRoom()));
    await wait(3000);
    const open = await server.residentBytes();
    const isComplete = clients.every((client) => client.isOpen());

    for (const client of clients) client.close();
    await wait(RELEASE_WITHIN_MILLIS);
    const after = await server.residentBytes();
    await server.stop();
    return [
      {
        name: 'memory per connection',
        unit: 'kB',
        value: isComplete ? (open - before) / clients.length / 1000 : null,
      },
      { name: 'released 30 s after', unit: '%', value: (100 * (open - after)) / (open - before) },
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
      for (const [number, member] of members.entries()) announce(member, number);
      return members;
    }
  },
};
