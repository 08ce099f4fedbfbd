/** Opening an incident of 5,000 entries: while the server has it in memory, and after a restart. */

import { joinWhole, joinWholeTogether, storeLongIncident } from './long-incident.ts';
import { readCpuMillis } from './server-process.ts';
import { newRoom } from './story.ts';
import { settle, type Workload } from './workload.ts';

const TOGETHER = 50;
const VISITS = 5;

export const coldJoin: Workload = {
  name: 'cold-join',
  label: 'Opening an incident of 5,000 entries',
  needs: 'process',
  async run(arena) {
    const room = newRoom();
    const first = await arena.start();
    const clients = await storeLongIncident(first, room);
    const open: (number | null)[] = [];
    for (let visit = 0; visit < VISITS; visit++) open.push(await joinWhole(first, room));
    for (const client of clients) client.close();
    await settle(first.pid);
    await first.server.stop();

    const alone: (number | null)[] = [];
    const cpu: number[] = [];
    let together: number | null = null;
    if (arena.peer.isDurable) {
      for (let start = 0; start < 2; start++) {
        const server = await arena.start();
        const cpuBefore = readCpuMillis(server.pid);
        alone.push(await joinWhole(server, room));
        cpu.push(readCpuMillis(server.pid) - cpuBefore);
        await settle(server.pid);
        await server.server.stop();
      }
      const server = await arena.start();
      together = toMedian(await joinWholeTogether(server, room, TOGETHER));
      await server.server.stop();
    }
    return [
      { name: 'already in memory', unit: 'ms', value: toMedian(open) },
      { name: 'after a restart', unit: 'ms', value: alone[0] ?? null },
      { name: 'CPU of the server for that', unit: 'ms', value: cpu[0] ?? null },
      { name: 'after another restart', unit: 'ms', value: alone[1] ?? null },
      { name: `${TOGETHER} at once after a restart, median`, unit: 'ms', value: together },
    ];
  },
};

/** Null as soon as one of them never got it all. */
function toMedian(values: readonly (number | null)[]): number | null {
  const whole = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return whole.length < values.length ? null : (whole[Math.floor(whole.length / 2)] ?? null);
}
