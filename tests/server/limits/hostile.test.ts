import { afterAll, describe, test } from 'vitest';
import { encodeStep1, encodeStep2, encodeUpdate } from '../../../shared/protocol/frames.ts';
import { attack, type Cost, expectCheap, type Scene } from '../../support/attack.ts';
import { nested, poisonFor, updatesWithGaps } from '../../support/forged-updates.ts';
import { toHello } from '../../support/hello.ts';
import { mutatedUpdate } from '../../support/hostile-frames.ts';
import { hasProcessFigures } from '../../support/process-figures.ts';
import { connectRaw, isUpdate } from '../../support/raw-client.ts';
import { throwAt, toWire } from '../../support/raw-socket.ts';
import { FRAMES, MALLORY, underFire } from '../../support/under-fire.ts';

const GAPS = 2_000;
/** What waits is merged anew for each that comes, so the cost of these grows with their square. */
const GAPS_ON_ONE_SOCKET = 10_000;
const GAPS_A_SOCKET = 50;
const QUERY_PRESENCE = new Uint8Array([3]);
const NESTED_BYTES = 40 * 1024;

const costs: Cost[] = [];
afterAll(() => console.table(costs));

describe.skipIf(!hasProcessFigures)('hostile updates', () => {
  test(`[DU7] ${FRAMES} updates with flipped bits, spliced, repeated or under another’s name harm nobody’s lines`, () =>
    underFire('DU7', (random, { writer }) => {
      const clients = [MALLORY.client, writer.device.doc.ydoc.clientID];
      return () => {
        // What the attacker was shown of the honest one is the best material.
        const shown = writer.written.slice(-20).map(({ update }) => update);
        const material = random.below(2) === 0 ? MALLORY.updates : shown;
        const update = mutatedUpdate(random, material, clients);
        return toWire(random.below(2) === 0 ? encodeUpdate(update) : encodeStep2(update));
      };
    }));

  test('[DU12] nobody takes the clocks of another’s next line: it is acknowledged, and everybody reads it', async () => {
    const cost = await attack('poisoned clocks', (scene) => poison(scene, MALLORY.client));
    costs.push(cost);
    expectCheap(cost, { peakMiB: 64, cpuMillis: 1_000 });
  });

  test('[DU13] nobody takes them by saying that he is the other one', async () => {
    const cost = await attack('poisoned clocks, false name', (scene) =>
      poison(scene, scene.honest.writer.device.doc.ydoc.clientID),
    );
    costs.push(cost);
    expectCheap(cost, { peakMiB: 64, cpuMillis: 1_000 });
  });

  test(`[DU14] ${GAPS_ON_ONE_SOCKET} updates with gaps from one who is heard out cost less than a second`, async () => {
    const cost = await attack(`${GAPS_ON_ONE_SOCKET} gaps on one socket`, async ({ url }) => {
      const mallory = await connectRaw(url);
      for (const frame of toHello(MALLORY.client)) mallory.send(frame);
      mallory.send(encodeStep1(new Uint8Array([0])));
      await mallory.next(isUpdate);
      for (const update of updatesWithGaps(GAPS_ON_ONE_SOCKET)) mallory.send(encodeUpdate(update));
      mallory.send(QUERY_PRESENCE);
      await Promise.race([mallory.closed, mallory.next(({ type }) => type === 'presence')]);
    });
    costs.push(cost);
    expectCheap(cost, { peakMiB: 64, cpuMillis: 1_000 });
  });

  test(`[DU14] ${GAPS} updates with gaps from many who are sent away cost less than a second`, async () => {
    const cost = await attack(
      `${GAPS} gaps on ${GAPS / GAPS_A_SOCKET} sockets`,
      async ({ url }) => {
        const frames = updatesWithGaps(GAPS).map((update) => toWire(encodeUpdate(update)));
        for (let at = 0; at < frames.length; at += GAPS_A_SOCKET) {
          await throwAt(url, asMallory(frames.slice(at, at + GAPS_A_SOCKET)));
        }
      },
    );
    costs.push(cost);
    expectCheap(cost, { peakMiB: 64, cpuMillis: 1_000 });
  });

  test('[DU15] 40 KiB of maps in maps, and their end, harm nobody', async () => {
    const cost = await attack('40 KiB of nesting', async ({ url }) => {
      for (const update of nested(NESTED_BYTES)) {
        await throwAt(url, asMallory([toWire(encodeUpdate(update))]));
      }
    });
    costs.push(cost);
    expectCheap(cost, { peakMiB: 64, cpuMillis: 1_000 });
  });
});

async function poison({ url, honest }: Scene, client: number): Promise<void> {
  for (const update of poisonFor(honest.writer)) {
    for (const frame of [encodeUpdate(update), encodeStep2(update)]) {
      await throwAt(url, asMallory([toWire(frame)], client));
    }
  }
}

function asMallory(wire: readonly Buffer[], client = MALLORY.client): Buffer {
  const hello = toHello(client, 'token of Mallory');
  return Buffer.concat([...hello.map((frame) => toWire(frame)), ...wire]);
}
