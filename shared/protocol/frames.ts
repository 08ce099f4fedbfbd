/**
 * The frames on the socket. One websocket message is one frame; numbers are lib0 varints.
 *
 * | bytes | from | meaning |
 * |-------|------|---------|
 * | `0 0 sv` | both | sync step 1: what I have (a state vector); the answer is step 2 |
 * | `0 1 update` | both | sync step 2: what you lack |
 * | `0 2 update` | both | a live change |
 * | `1 states` | both | presence; `1 1 0` (no states) is the server's heartbeat |
 * | `3` | client | tell me who is here |
 * | `100 0 n` | client | barrier: tell me when all I sent before this is on disk |
 * | `100 1 n position` | server | it is |
 * | `100 2 t0` | client | what time is it? microseconds since 1970 on the asker's clock |
 * | `100 3 t0 t1 t2` | server | heard at t1, answered at t2, on the server's clock |
 * | `100 4 token device person client` | client | hello: which installed app speaks, for whom, with which Yjs client id |
 * | `100 5 lineage position` | server | welcome: the server's lineage, which grows when it goes back to a backup, and the log's end |
 * | `100 6 position` | client | the person's screen shows everything up to here |
 * | `100 7 count (person position)*` | server | what the others have seen, whole |
 * | `100 8` | server | your backlog holds what others wrote: send it by `POST`, marked as relayed |
 * | `100 9 position` | server | everything up to here was sent to you |
 * | `100 10 refused` | server | you may read here, not write; 1: what you sent was not taken |
 *
 * Types 0–3 are y-websocket's own, unchanged. Type 100 goes only to clients that used it first.
 */

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { MAX_ID_CHARS, MAX_PRESENCE_STATES } from './limits.ts';

export const BARRIER_TYPE = 100;

export type Frame =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'update'; readonly isStep2: boolean; readonly update: Uint8Array }
  | { readonly type: 'presence'; readonly states: readonly PresenceState[] }
  | { readonly type: 'queryPresence' }
  | { readonly type: 'barrier'; readonly number: number }
  | { readonly type: 'timeQuestion'; readonly sent: number }
  | { readonly type: 'hello'; readonly hello: Hello }
  | { readonly type: 'applied'; readonly position: number }
  | { readonly type: 'unknown' };

/** `token` is a secret of the installed app; `device` and `person` are the ids its lines carry. */
export type Hello = {
  readonly token: string;
  readonly device: string;
  readonly person: string;
  /** The Yjs client id this page writes with. */
  readonly client: number;
};

/** What the server says in frames of type 100. */
export type Notice =
  | { readonly type: 'reached'; readonly number: number; readonly position: number }
  | {
      readonly type: 'time';
      readonly sent: number;
      readonly heard: number;
      readonly answered: number;
    }
  | { readonly type: 'welcome'; readonly lineage: number; readonly position: number }
  | { readonly type: 'seen'; readonly positions: ReadonlyMap<string, number> }
  | { readonly type: 'relayWanted' }
  | { readonly type: 'delivered'; readonly position: number }
  | { readonly type: 'readOnly'; readonly isRefused: boolean }
  | { readonly type: 'unknown' };

/** `json` is `null` (the text) for somebody who left. */
export type PresenceState = {
  readonly client: number;
  readonly clock: number;
  readonly json: string;
};

/** @returns null when the bytes are no frame */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  try {
    return readFrame(decoding.createDecoder(bytes));
  } catch {
    return null; // it ends too early, or holds what is larger than it may be
  }
}

export function encodeStep1(stateVector: Uint8Array): Uint8Array {
  return encodeSync(0, stateVector);
}

export function encodeStep2(update: Uint8Array): Uint8Array {
  return encodeSync(1, update);
}

export function encodeUpdate(update: Uint8Array): Uint8Array {
  return encodeSync(2, update);
}

/** Without states it is a heartbeat. */
export function encodePresence(states: readonly PresenceState[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, states.length);
  for (const { client, clock, json } of states) {
    encoding.writeVarUint(inner, client);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, json);
  }
  return encodePresenceBytes(encoding.toUint8Array(inner));
}

/** @param states as y-protocols encodes them */
export function encodePresenceBytes(states: Uint8Array): Uint8Array {
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, 1);
  encoding.writeVarUint8Array(frame, states);
  return encoding.toUint8Array(frame);
}

export function encodeBarrier(number: number): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 0, number);
}

export function encodeBarrierReached(number: number, position: number): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 1, number, position);
}

/** @param sent microseconds since 1970 */
export function encodeTimeQuestion(sent: number): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 2, sent);
}

export function encodeTime(sent: number, heard: number, answered: number): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 3, sent, heard, answered);
}

export function encodeHello({ token, device, person, client }: Hello): Uint8Array {
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, BARRIER_TYPE);
  encoding.writeVarUint(frame, 4);
  for (const text of [token, device, person]) encoding.writeVarString(frame, text);
  encoding.writeVarUint(frame, client);
  return encoding.toUint8Array(frame);
}

export function encodeWelcome(lineage: number, position: number): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 5, lineage, position);
}

export function encodeApplied(position: number): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 6, position);
}

export function encodeSeen(positions: ReadonlyMap<string, number>): Uint8Array {
  const frame = encoding.createEncoder();
  for (const number of [BARRIER_TYPE, 7, positions.size]) encoding.writeVarUint(frame, number);
  for (const [person, position] of positions) {
    encoding.writeVarString(frame, person);
    encoding.writeVarUint(frame, position);
  }
  return encoding.toUint8Array(frame);
}

export function encodeRelayWanted(): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 8);
}

export function encodeDelivered(position: number): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 9, position);
}

export function encodeReadOnly(isRefused: boolean): Uint8Array {
  return encodeNumbers(BARRIER_TYPE, 10, isRefused ? 1 : 0);
}

/**
 * @param rest what follows the message type
 * @throws when it ends too early
 */
export function readNotice(rest: decoding.Decoder): Notice {
  const next = (): number => decoding.readVarUint(rest);
  switch (next()) {
    case 1:
      return { type: 'reached', number: next(), position: next() };
    case 3:
      return { type: 'time', sent: next(), heard: next(), answered: next() };
    case 5:
      return { type: 'welcome', lineage: next(), position: next() };
    case 7: {
      const positions = new Map<string, number>();
      for (let left = next(); left > 0; left -= 1)
        positions.set(decoding.readVarString(rest), next());
      return { type: 'seen', positions };
    }
    case 8:
      return { type: 'relayWanted' };
    case 9:
      return { type: 'delivered', position: next() };
    case 10:
      return { type: 'readOnly', isRefused: next() === 1 };
    default:
      return { type: 'unknown' };
  }
}

function readFrame(decoder: decoding.Decoder): Frame {
  switch (decoding.readVarUint(decoder)) {
    case 0:
      return readSync(decoder);
    case 1:
      return { type: 'presence', states: readStates(decoding.readVarUint8Array(decoder)) };
    case 3:
      return { type: 'queryPresence' };
    case BARRIER_TYPE:
      return readOwn(decoder);
    default:
      return { type: 'unknown' };
  }
}

function readOwn(decoder: decoding.Decoder): Frame {
  switch (decoding.readVarUint(decoder)) {
    case 0:
      return { type: 'barrier', number: decoding.readVarUint(decoder) };
    case 2:
      return { type: 'timeQuestion', sent: decoding.readVarUint(decoder) };
    case 4: {
      const [token, device, person] = [0, 1, 2].map(() => decoding.readVarString(decoder));
      const client = decoding.readVarUint(decoder);
      if ([token, device, person].some((text) => (text?.length ?? 0) > MAX_ID_CHARS))
        throw new RangeError('An id is too long');
      return {
        type: 'hello',
        hello: { token: token ?? '', device: device ?? '', person: person ?? '', client },
      };
    }
    case 6:
      return { type: 'applied', position: decoding.readVarUint(decoder) };
    default:
      return { type: 'unknown' };
  }
}

function readSync(decoder: decoding.Decoder): Frame {
  switch (decoding.readVarUint(decoder)) {
    case 0:
      return { type: 'step1', stateVector: decoding.readVarUint8Array(decoder) };
    case 1:
      return { type: 'update', isStep2: true, update: decoding.readVarUint8Array(decoder) };
    case 2:
      return { type: 'update', isStep2: false, update: decoding.readVarUint8Array(decoder) };
    default:
      return { type: 'unknown' };
  }
}

function readStates(bytes: Uint8Array): readonly PresenceState[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  const states: PresenceState[] = [];
  for (let i = 0; i < Math.min(count, MAX_PRESENCE_STATES); i++) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    states.push({ client, clock, json: decoding.readVarString(decoder) });
  }
  return states;
}

function encodeSync(step: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

function encodeNumbers(...numbers: readonly number[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of numbers) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}
