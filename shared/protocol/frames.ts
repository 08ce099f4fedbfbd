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
 * | `100 1 n position` | server | it is; only to clients that sent a barrier |
 *
 * Types 0–3 are y-websocket's own, unchanged.
 */

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const BARRIER_TYPE = 100;

export type Frame =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'update'; readonly isStep2: boolean; readonly update: Uint8Array }
  | { readonly type: 'presence'; readonly states: readonly PresenceState[] }
  | { readonly type: 'queryPresence' }
  | { readonly type: 'barrier'; readonly number: number }
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
    return null; // lib0 throws when a frame ends too early
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

/** @param rest what follows the message type */
export function readBarrierReached(rest: decoding.Decoder): number | null {
  return decoding.readVarUint(rest) === 1 ? decoding.readVarUint(rest) : null;
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
      if (decoding.readVarUint(decoder) !== 0) return { type: 'unknown' };
      return { type: 'barrier', number: decoding.readVarUint(decoder) };
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
  for (let i = 0; i < count; i++) {
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
