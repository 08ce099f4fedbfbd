/** One busy incident: twenty phones log an entry a second each, everybody sees all of it. */

import { declare, joinIncident, logEntries, newRoom } from './story.ts';
import { measureTraffic, type RoomPlan } from './traffic.ts';
import type { Workload } from './workload.ts';

const SECONDS = 20;
const PER_SECOND = 20;

export const fanOut100: Workload = fanOut('fan-out-100', 100);
export const fanOut500: Workload = fanOut('fan-out-500', 500);

function fanOut(name: string, members: number): Workload {
  return {
    name,
    label: `${members} clients on one incident, ${PER_SECOND} entries/s`,
    needs: 'socket',
    run: (server) => measureTraffic(server, [planRoom(members)], PER_SECOND),
  };
}

function planRoom(members: number): RoomPlan {
  const { device, first } = declare();
  const writers = Array.from({ length: PER_SECOND }, (_, number) =>
    logEntries(number === 0 ? device : joinIncident(device), SECONDS),
  );
  const lines = Array.from({ length: SECONDS }, (_, second) =>
    writers.flatMap((entries, member) => {
      const entry = entries[second];
      return entry ? [{ member, entry }] : [];
    }),
  ).flat();
  return { room: newRoom(), members, first, lines };
}
