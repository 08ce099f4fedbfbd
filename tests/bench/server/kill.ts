/** The power fails in the middle of a burst: what others had already seen and nobody has any more after the restart. */

import { setTimeout as wait } from 'node:timers/promises';
import { encodeUpdate } from '../../../shared/protocol/frames.ts';
import { type Client, join } from './client.ts';
import { eachMark } from './marks.ts';
import { withoutFloor } from './peers.ts';
import { declare, joinIncident, logEntries, newRoom } from './story.ts';
import type { Workload } from './workload.ts';

const WRITERS = 20;
const ENTRIES_EACH = 100;
const KILL_AFTER_MILLIS = 1_500;
const PAUSE_MILLIS = 25;
const READ_BACK_MILLIS = 3_000;

export const killed: Workload = {
  name: 'killed',
  label: 'kill -9 in a burst of 800 entries/s',
  needs: 'process',
  adapt: withoutFloor,
  async run(arena) {
    const room = newRoom();
    const target = await arena.start();
    const { device, first } = declare();
    const seen = new Set<number>();
    const writers: Client[] = [];
    for (let number = 0; number < WRITERS; number++) {
      writers.push(await join(target, room, () => undefined));
    }
    const reader = await join(target, room, (frame) => eachMark(frame, (mark) => seen.add(mark)));
    writers[0]?.send(encodeUpdate(first.update));
    while (!seen.has(first.mark)) await wait(5);

    const columns = writers.map((_, number) =>
      logEntries(number === 0 ? device : joinIncident(device), ENTRIES_EACH),
    );
    const dying = wait(KILL_AFTER_MILLIS).then(() => target.server.kill());
    for (let row = 0; row < ENTRIES_EACH && reader.isOpen(); row++) {
      for (const [number, writer] of writers.entries()) {
        const entry = columns[number]?.[row];
        if (entry && writer.isOpen()) writer.send(encodeUpdate(entry.update));
      }
      await wait(PAUSE_MILLIS);
    }
    await Promise.all([dying, reader.closed]);

    const again = await arena.start();
    const kept = new Set<number>();
    await join(again, room, (frame) => eachMark(frame, (mark) => kept.add(mark)));
    await wait(READ_BACK_MILLIS);
    await again.server.stop();
    const lost = [...seen].filter((mark) => !kept.has(mark));
    return [
      { name: 'seen by others, then lost', unit: '%', value: (100 * lost.length) / seen.size },
      { name: 'entries others had seen', unit: '', value: seen.size },
    ];
  },
};
