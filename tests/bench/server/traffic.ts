/** Entries sent at a steady pace into one or many rooms, and what the server needs to hand them to everybody else. */

import { setTimeout as wait } from 'node:timers/promises';
import { encodeUpdate } from '../../../shared/protocol/frames.ts';
import { type Client, join } from './client.ts';
import { eachMark } from './marks.ts';
import { readCpuMillis } from './server-process.ts';
import type { Entry } from './story.ts';
import { type Measure, percentile, type Running } from './workload.ts';

export type RoomPlan = {
  readonly room: string;
  readonly members: number;
  /** Declares the incident. */
  readonly first: Entry;
  /** Whose turn it is, and what they send. */
  readonly lines: readonly { readonly member: number; readonly entry: Entry }[];
};

/** Opening more sockets at once than this overruns the backlog of a listening socket. */
const JOIN_AT_ONCE = 50;
const GIVE_UP_AFTER_MILLIS = 10_000;

/** @param perSecond over all rooms, which take turns */
export async function measureTraffic(
  server: Running,
  plans: readonly RoomPlan[],
  perSecond: number,
): Promise<readonly Measure[]> {
  const sender = new Map<number, Client>();
  const sentAt = new Map<number, number>();
  const received = new Map<number, Set<Client>>();
  const rooms: Client[][] = plans.map(() => []);
  const size = plans.reduce((sum, { members, lines }) => sum + lines.length * (members - 1), 0);
  const latencies = new Float64Array(size);
  let delivered = 0;
  let informed = 0;

  async function enter(plan: RoomPlan, members: Client[]): Promise<void> {
    let me: Client | null = null;
    let isInformed = false;
    const client = await join(server, plan.room, (frame, at) => {
      eachMark(frame, (mark) => {
        if (mark === plan.first.mark && !isInformed) {
          isInformed = true;
          informed += 1;
        }
        const from = sender.get(mark);
        if (!from || from === me || me === null) return;
        const readers = received.get(mark) ?? new Set();
        received.set(mark, readers);
        if (readers.has(me)) return;
        readers.add(me);
        latencies[delivered] = at - (sentAt.get(mark) ?? at);
        delivered += 1;
      });
    });
    me = client;
    members.push(client);
  }

  // One declares, the others come in.
  await inTurns(plans, async (plan, index) => {
    const members = rooms[index] ?? [];
    await enter(plan, members);
    members[0]?.send(encodeUpdate(plan.first.update));
  });
  const others = plans.flatMap((plan, index) =>
    Array.from({ length: plan.members - 1 }, () => ({ plan, members: rooms[index] ?? [] })),
  );
  await inTurns(others, ({ plan, members }) => enter(plan, members));
  await until(() => informed >= others.length);
  await wait(500);

  const schedule = toSchedule(plans);
  const cpuBefore = server.pid === null ? null : readCpuMillis(server.pid);
  const ownBefore = process.cpuUsage();
  const startedAt = performance.now();
  for (const [turn, { room, member, entry }] of schedule.entries()) {
    const due = startedAt + (turn * 1000) / perSecond;
    if (due > performance.now() + 1) await wait(due - performance.now());
    const client = rooms[room]?.[member];
    if (!client) continue;
    sender.set(entry.mark, client);
    sentAt.set(entry.mark, performance.now());
    client.send(encodeUpdate(entry.update));
  }
  await until(() => delivered >= size);
  const millis = performance.now() - startedAt;
  const own = process.cpuUsage(ownBefore);
  const cpu =
    server.pid === null || cpuBefore === null ? null : readCpuMillis(server.pid) - cpuBefore;
  for (const client of rooms.flat()) client.close();
  const times = latencies.subarray(0, delivered);
  return [
    { name: 'CPU per delivered update', unit: 'µs', value: cpu && (cpu * 1000) / delivered },
    { name: 'delivery, half within', unit: 'ms', value: percentile(times, 0.5) },
    { name: 'delivery, 95 % within', unit: 'ms', value: percentile(times, 0.95) },
    { name: 'delivered', unit: '%', value: (100 * delivered) / size },
    { name: 'CPU of the clients', unit: '%', value: (own.user + own.system) / 10 / millis },
  ];
}

/** The rooms take turns, line by line. */
function toSchedule(plans: readonly RoomPlan[]) {
  const longest = Math.max(...plans.map(({ lines }) => lines.length));
  return Array.from({ length: longest }, (_, line) =>
    plans.flatMap(({ lines }, room) => {
      const turn = lines[line];
      return turn ? [{ room, ...turn }] : [];
    }),
  ).flat();
}

async function inTurns<T>(
  list: readonly T[],
  act: (item: T, index: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < list.length; from += JOIN_AT_ONCE) {
    const some = list.slice(from, from + JOIN_AT_ONCE);
    await Promise.all(some.map((item, offset) => act(item, from + offset)));
  }
}

/** Or until nothing more can be hoped for: what is missing then shows in the figures. */
async function until(isDone: () => boolean): Promise<void> {
  const deadline = performance.now() + GIVE_UP_AFTER_MILLIS;
  while (!isDone() && performance.now() < deadline) await wait(5);
}
