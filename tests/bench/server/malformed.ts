/** A client that sends nonsense: whether the server stays, and whether the others in the incident notice. */

import { setTimeout as wait } from 'node:timers/promises';
import { encodeStep2, encodeUpdate } from '../../../shared/protocol/frames.ts';
import { createRandom } from '../../support/random.ts';
import { awaitMarks, join } from './client.ts';
import { withoutFloor } from './peers.ts';
import { declare, logEntries, newRoom } from './story.ts';
import type { Workload } from './workload.ts';

const BYSTANDERS = 10;
const ATTACKS = 20;
const DELIVERED_WITHIN_MILLIS = 5_000;

export const malformed: Workload = {
  name: 'malformed',
  label: `${ATTACKS} clients send random bytes as a step 2`,
  needs: 'process',
  adapt: withoutFloor,
  async run(arena) {
    const room = newRoom();
    const target = await arena.start();
    const { device, first } = declare();
    const [entry] = logEntries(device, 1);
    if (!entry) throw new Error('No entry was made');
    const readers = Array.from({ length: BYSTANDERS }, () => awaitMarks(2));
    const bystanders = await Promise.all(
      readers.map(({ onContent }) => join(target, room, onContent)),
    );
    const [writer] = bystanders;
    writer?.send(encodeUpdate(first.update));

    const random = createRandom(4711);
    for (let attack = 0; attack < ATTACKS && target.server.isAlive(); attack++) {
      const bytes = new Uint8Array(64 + random.below(192));
      random.bytes(bytes);
      // Who is refused for it may be gone before the answer to the first frame is there.
      const attacker = await join(target, room, () => undefined).catch(() => null);
      attacker?.send(encodeStep2(bytes));
      await wait(50);
      attacker?.close();
    }
    const stayed = bystanders.filter((client) => client.isOpen()).length;
    if (writer?.isOpen()) writer.send(encodeUpdate(entry.update));
    const others = Promise.all(readers.slice(1).map(({ complete }) => complete));
    await Promise.race([others, wait(DELIVERED_WITHIN_MILLIS)]);
    const served = readers.slice(1).filter(({ seen }) => seen.has(entry.mark)).length;
    const newcomer = awaitMarks(2);
    const late = await join(target, room, newcomer.onContent).catch(() => null);
    await Promise.race([newcomer.complete, wait(DELIVERED_WITHIN_MILLIS)]);
    const isAlive = target.server.isAlive();
    for (const client of bystanders) client.close();
    late?.close();
    await target.server.stop();
    return [
      { name: 'the process survives', unit: '%', value: isAlive ? 100 : 0 },
      { name: 'others still connected', unit: '%', value: (100 * stayed) / BYSTANDERS },
      { name: 'others still served', unit: '%', value: (100 * served) / (BYSTANDERS - 1) },
      { name: 'a newcomer gets everything', unit: '%', value: newcomer.seen.size === 2 ? 100 : 0 },
    ];
  },
};
