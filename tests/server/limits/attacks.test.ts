import { readdirSync, readlinkSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSES } from '../../../shared/protocol/close-codes.ts';
import { encodePresenceBytes, encodeStep2, encodeUpdate } from '../../../shared/protocol/frames.ts';
import { attack, type Cost, expectCheap } from '../../support/attack.ts';
import { createDevice } from '../../support/device.ts';
import { varUint } from '../../support/hostile-frames.ts';
import { hasProcessFigures } from '../../support/process-figures.ts';
import { connectRaw } from '../../support/raw-client.ts';
import { BINARY, CONTINUATION, openRaw, throwAt, toWire } from '../../support/raw-socket.ts';
import { connectReader, connectWriter } from '../../support/witness.ts';

const MIB = 2 ** 20;
const FRAGMENTS = 100_000;
/** RFC 6455: a policy was violated. The library ends a message of more than 16,384 parts. */
const POLICY_VIOLATED = 1008;
/** More than the server keeps for one who does not read, and the system on both sides. */
const LATE_AFTER_LINES = 250;

const costs: Cost[] = [];
afterAll(() => console.table(costs));

describe.skipIf(!hasProcessFigures)('single attacks', () => {
  test('[DU8] seven bytes that ask for half a gigabyte get none', async () => {
    const bomb = new Uint8Array([0x01, 0xff, 0xff, 0xff, 0x0f, 0x01, 0x00]);
    const cost = await attack('7 bytes, 200 times', async ({ url }) => {
      for (let time = 0; time < 100; time += 1) {
        for (const frame of [encodeUpdate(bomb), encodeStep2(bomb)]) {
          expect(await throwAt(url, toWire(frame))).toBe(4400);
        }
      }
    });
    costs.push(cost);
    expectCheap(cost, { peakMiB: 64, cpuMillis: 1_000 });
  });

  test('[DU9] a frame of 64 MiB is refused, and nothing of it kept', async () => {
    const cost = await attack('4 frames of 64 MiB at once', async ({ url }) => {
      const all = Array.from({ length: 4 }, () => connectRaw(url));
      for (const greedy of await Promise.all(all)) greedy.send(new Uint8Array(64 * MIB));
      for (const greedy of await Promise.all(all)) expect(await greedy.closed).toBe(1009);
    });
    costs.push(cost);
    expectCheap(cost, { peakMiB: 192, cpuMillis: 2_000 });
  });

  test('[DU10] a message in a hundred thousand fragments of one byte is given up, and holds up nobody', async () => {
    const cost = await attack('100,000 fragments', async ({ url }) => {
      const damaged = encodeUpdate(new Uint8Array(FRAGMENTS).fill(7));
      const wire = Array.from(damaged, (byte, index) =>
        toWire(new Uint8Array([byte]), {
          opcode: index === 0 ? BINARY : CONTINUATION,
          isFinal: index === damaged.length - 1,
        }),
      );
      expect(await throwAt(url, Buffer.concat(wire))).toBe(POLICY_VIOLATED);
    });
    costs.push(cost);
    expectCheap(cost, { peakMiB: 96, cpuMillis: 2_000 });
  });

  test('[DU16] 32 MiB of the smallest things there are cost no more than other large frames', async () => {
    const size = 32 * MIB;
    const states = new Uint8Array(size);
    states.set(varUint(size / 3));
    const structs = new Uint8Array(size).fill(1);
    for (let at = 0; at < size; at += 2) structs[at] = 0;
    structs.set([1, ...varUint(size / 2), 5, 0]);
    const cost = await attack('2 × 32 MiB of small things', async ({ url }) => {
      const talker = await connectRaw(url);
      talker.send(encodePresenceBytes(states));
      talker.send(new Uint8Array([3]));
      await talker.next(({ type }) => type === 'presence');
      const writer = await connectRaw(url);
      writer.send(encodeStep2(structs));
      expect(await writer.closed).toBe(4400);
    });
    costs.push(cost);
    expectCheap(cost, { peakMiB: 512, cpuMillis: 3_000 });
  });

  test('[DU11] twenty who never read are sent away; who reads misses nothing', async () => {
    const readers = 20;
    const lines = 400;
    const text = 'x'.repeat(60 * 1024);
    const cost = await attack('20 who never read 24 MiB', async ({ url, server }) => {
      const writer = await connectWriter(url, createDevice('Bo Ek'));
      const reader = await connectReader(url);
      const before = countSockets(server.pid);
      const idle = Array.from({ length: readers }, () => openRaw(url));
      const late = new WebSocket(url);
      const sentAway = new Promise<number>((resolve) => late.once('close', resolve));
      late.once('open', () => late.pause());
      await expect.poll(() => countSockets(server.pid)).toBe(before + readers + 1);
      for (let line = 0; line < lines; line += 1) {
        writer.write(`${line} ${text}`);
        await writer.settled();
        // Who reads after all hears why it was sent away; whoever does not is dropped without another word.
        if (line === LATE_AFTER_LINES) late.resume();
      }
      expect(await sentAway).toBe(CLOSES.tooSlow.code);
      await expect.poll(() => countSockets(server.pid), { timeout: 15_000 }).toBe(before);
      for (const socket of idle) socket.destroy();
      expect(reader.isOpen()).toBe(true);
      const large = () => reader.seen.filter((update) => update.length > text.length).length;
      await expect.poll(large).toBe(lines);
    });
    costs.push(cost);
    // So many bytes are compacted meanwhile: the thread that does it holds the incident twice.
    expectCheap(cost, { peakMiB: 768, cpuMillis: 10_000 });
  });
});

function countSockets(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).startsWith('socket:');
    } catch {
      return false; // closed since it was listed
    }
  }).length;
}
