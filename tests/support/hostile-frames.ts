/** Frames and updates as an attacker or a broken client makes them: from real ones, by seeded damage. */

import {
  encodeBarrier,
  encodePresence,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from '../../shared/protocol/frames.ts';
import { createDevice } from './device.ts';
import type { Random } from './random.ts';
import { CONTINUATION, toWire } from './raw-socket.ts';

/** The updates of a stranger's incident: declared, logged, reworded, struck out. */
export function realUpdates(seed: number): {
  readonly client: number;
  readonly updates: readonly Uint8Array[];
} {
  const device = createDevice('Mallory', seed);
  const updates: Uint8Array[] = [];
  device.doc.onUpdate((update) => updates.push(update));
  device.declare();
  for (let line = 0; line < 10; line += 1) {
    const { id } = device.log(`Pool timeout ${line} on payments-db-eu`);
    if (line % 3 === 0) device.run({ type: 'star', entry: id, on: true });
    if (line % 4 === 0) device.run({ type: 'retract', entry: id });
  }
  device.doc.ydoc.getText('p:summary').insert(0, 'Cards failed for forty minutes.');
  device.doc.ydoc.getText('p:summary').delete(0, 6);
  updates.push(device.doc.encode());
  return { client: device.doc.ydoc.clientID, updates };
}

/**
 * A websocket message that no client of ours would send, as bytes on the wire.
 * @param isLast what is wrong to the websocket itself ends it, so only the last on a socket is
 */
export function malformedFrame(
  random: Random,
  updates: readonly Uint8Array[],
  isLast: boolean,
): Buffer {
  const real = realFrame(random, updates);
  if (isLast) return badWire(random, real);
  switch (random.below(6)) {
    case 0:
      return toWire(noise(random, random.below(200)));
    case 1:
      return toWire(real.subarray(0, random.below(real.length)));
    case 2:
      return toWire(hugeNumber(random, real));
    case 3:
      return toWire(withByte(real, 0, random.below(256)));
    case 4:
      return toWire(flipBits(random, smallFrame(random)));
    default:
      return toWire(
        new Uint8Array([
          0,
          random.below(3),
          1 + random.below(40),
          ...noise(random, random.below(40)),
        ]),
      );
  }
}

/** An update that once was real. */
export function mutatedUpdate(
  random: Random,
  updates: readonly Uint8Array[],
  clients: readonly number[],
): Uint8Array {
  const update = random.pick(updates);
  switch (random.below(6)) {
    case 0:
    case 1:
      return flipBits(random, update);
    case 2: {
      const other = random.pick(updates);
      const [head, tail] = [random.below(update.length), random.below(other.length)];
      return Buffer.concat([update.subarray(0, head), other.subarray(tail)]);
    }
    case 3:
      return swapClient(random, update, clients);
    case 4:
      return flipBits(random, swapClient(random, update, clients));
    default:
      return update; // again, and again
  }
}

function realFrame(random: Random, updates: readonly Uint8Array[]): Uint8Array {
  const update = random.pick(updates);
  return random.pick([encodeStep2(update), encodeUpdate(update), smallFrame(random)]);
}

/** A real one without an update in it. */
function smallFrame(random: Random): Uint8Array {
  return random.pick([
    encodeStep1(new Uint8Array([1, ...varUint(random.below(2 ** 32)), 7])),
    encodeBarrier(random.below(1000)),
    encodePresence([{ client: random.below(2 ** 32), clock: 1, json: '{"name":"Mallory"}' }]),
  ]);
}

/** A number of up to 70 bits where a small one stood. */
function hugeNumber(random: Random, frame: Uint8Array): Uint8Array {
  const at = random.below(frame.length);
  const huge = [...new Uint8Array(1 + random.below(9)).fill(0xff), random.below(128)];
  return new Uint8Array([...frame.subarray(0, at), ...huge, ...frame.subarray(at + 1)]);
}

/** Wrong already to the websocket: a reserved opcode, a reserved bit, a text, half a message, a length that lies. */
function badWire(random: Random, payload: Uint8Array): Buffer {
  const kind = random.below(5);
  if (kind === 0) return toWire(payload, { opcode: 3 + random.below(5) });
  if (kind === 1) return toWire(payload, { opcode: 0x12 | (random.below(4) << 5) });
  if (kind === 2) return toWire(payload, { opcode: 1 });
  if (kind === 3) return toWire(payload, { opcode: CONTINUATION });
  return toWire(payload, { size: payload.length + 1 + random.below(50) });
}

function flipBits(random: Random, bytes: Uint8Array): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  for (let flips = 1 + random.below(4); flips > 0; flips -= 1) {
    const at = random.below(flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
  }
  return flipped;
}

/** Somebody else's name under the change, wherever one of the known clients stands in it. */
function swapClient(random: Random, update: Uint8Array, clients: readonly number[]): Uint8Array {
  const bytes = Buffer.from(update);
  const to = Buffer.from(varUint(random.pick(clients)));
  for (const client of clients) {
    const from = Buffer.from(varUint(client));
    if (from.length !== to.length) continue;
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + from.length)) {
      to.copy(bytes, at);
    }
  }
  return bytes;
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = value;
  return changed;
}

function noise(random: Random, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  random.bytes(bytes);
  return bytes;
}

/** As lib0 writes it. */
export function varUint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128));
  return [...bytes, rest];
}
