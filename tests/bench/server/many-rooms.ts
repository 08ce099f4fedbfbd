/** Many quiet incidents at once: in each of them one of four people logs an entry a second. */

import { declare, logEntries, newRoom } from './story.ts';
import { measureTraffic, type RoomPlan } from './traffic.ts';
import type { Workload } from './workload.ts';

const ROOMS = 500;
const MEMBERS = 4;
const SECONDS = 10;

export const manyRooms: Workload = {
  name: 'many-rooms',
  label: `${ROOMS} incidents of ${MEMBERS} clients, 1 entry/s in each`,
  needs: 'socket',
  run: (server) => measureTraffic(server, Array.from({ length: ROOMS }, planRoom), ROOMS),
};

function planRoom(): RoomPlan {
  const { device, first } = declare();
  const lines = logEntries(device, SECONDS).map((entry) => ({ member: 0, entry }));
  return { room: newRoom(), members: MEMBERS, first, lines };
}
