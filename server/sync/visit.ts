/**
 * One socket from its first frame to its last, as a member of a room. Musts:
 * 1. Listen before anything is awaited: the first frames arrive while the room is still loading.
 * 2. Never skip a frame for a slow reader: close 4508 and let it come back for what it missed.
 */

import type { RawData } from 'ws';
import { isNothing } from '../../shared/doc/incident-doc.ts';
import { CLOSES, type CloseName } from '../../shared/protocol/close-codes.ts';
import {
  decodeFrame,
  encodeReadOnly,
  type Frame,
  type PresenceState,
} from '../../shared/protocol/frames.ts';
import { MAX_UNREAD_BYTES, MAX_WAITING_FRAMES } from '../../shared/protocol/limits.ts';
import { isAtLeast, type Level } from '../../shared/protocol/rights.ts';
import type { Pass } from '../auth/doorkeeper.ts';
import { FRAME_NEEDS } from '../auth/needs.ts';
import { type Principal, toPerson } from '../auth/principal.ts';
import type { Log } from '../log.ts';
import type { Member } from './member.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { toSocketFrame } from './socket-frame.ts';

/** What is needed of a websocket, as ws has it. */
export type VisitSocket = {
  readonly readyState: number;
  readonly OPEN: number;
  close(code: number, reason: string): void;
  /** Without a word to the far end. */
  terminate(): void;
  on(event: 'message', listener: (data: RawData) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  once(event: 'close', listener: () => void): unknown;
};

/** The stream below the socket: whole websocket frames are written to it. */
export type VisitStream = {
  /** Bytes that were written and not sent yet. */
  readonly writableLength: number;
  write(frames: Uint8Array): unknown;
};

export function serveSocket(options: {
  readonly socket: VisitSocket;
  readonly stream: VisitStream;
  /** A well-formed incident id. */
  readonly id: string;
  readonly rooms: Pick<Rooms, 'enter' | 'leave'>;
  readonly log: Log;
  readonly pass: Pick<Pass, 'principal'>;
  readonly level: Level;
}): void {
  const { socket, stream, id, rooms, log, level } = options;
  const { principal } = options.pass;
  const member = toMember(socket, stream, toPerson(principal, ''));
  let waiting: Frame[] = [];
  let joined: Room | null = null;
  let isOurs = false;
  /** Something it sent was not taken, so the server has no word to give on what is stored. */
  let hasRefused = false;

  /** What it may, and put down to who it is, whatever it says. @returns null for what stops here */
  function allow(frame: Frame): Frame | null {
    if (frame.type === 'hello') {
      isOurs = true;
      if (!isAtLeast(level, 'log')) member.send(encodeReadOnly(false));
      const { hello } = frame;
      return { ...frame, hello: { ...hello, person: toPerson(principal, hello.person) } };
    }
    if (frame.type === 'presence')
      return { ...frame, states: frame.states.map((state) => signState(principal, state)) };
    if (frame.type === 'barrier') return hasRefused ? null : frame;
    const isEmpty = frame.type === 'update' && isNothing(frame.update);
    if (isEmpty || isAtLeast(level, FRAME_NEEDS[frame.type])) return frame;
    hasRefused = true;
    // A client that knows no such word would go on as if all were well.
    if (isOurs) member.send(encodeReadOnly(true));
    else member.close('refused');
    return null;
  }

  /** The edge: whatever one of them sends, the others stay. */
  function hear(room: Room, frame: Frame): void {
    try {
      room.receive(member, frame);
    } catch (err) {
      log.error({ err, room: id, frame: frame.type }, 'a frame could not be handled');
      member.close('badUpdate');
    }
  }

  socket.on('message', (data) => {
    if (socket.readyState !== socket.OPEN) return; // who was sent away is not heard any more
    const sent = decodeFrame(toBytes(data));
    const frame = sent && allow(sent);
    if (!sent) member.close('badUpdate');
    else if (!frame) return;
    else if (joined) hear(joined, frame);
    else if (waiting.length < MAX_WAITING_FRAMES) waiting.push(frame);
    else member.close('tooSlow');
  });
  socket.on('close', () => {
    waiting = [];
    joined?.leave(member);
    if (joined) rooms.leave(id, joined);
  });
  rooms.enter(id).then(
    (room) => {
      if (socket.readyState !== socket.OPEN) {
        rooms.leave(id, room);
        return;
      }
      joined = room;
      room.join(member);
      for (const frame of waiting) hear(room, frame);
      waiting = [];
    },
    (err) => {
      log.error({ err, room: id }, 'a room could not be loaded');
      member.close('notSaved');
    },
  );
}

/** A far end that does not answer the close within five seconds is dropped. */
export function closeSocket(socket: VisitSocket, why: CloseName): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(CLOSES[why].code, why); // the sentence would be too long for a close frame; the client has it
  const patience = setTimeout(() => socket.terminate(), 5_000).unref();
  socket.once('close', () => clearTimeout(patience)); // it would keep the socket in memory
}

/**
 * Frames are written to the stream below ws, which adds nothing to them: without compression ws writes each of its own
 * frames whole, so ours cannot land inside one.
 */
function toMember(socket: VisitSocket, stream: VisitStream, person: string): Member {
  let largest = 0; // a whole document may be under way, and that alone is no slow reader
  function sendFramed(frames: Uint8Array): void {
    if (socket.readyState !== socket.OPEN) return;
    if (stream.writableLength === 0) largest = 0;
    if (stream.writableLength > MAX_UNREAD_BYTES + largest) {
      closeSocket(socket, 'tooSlow');
      return;
    }
    if (frames.length > largest) largest = frames.length;
    stream.write(frames);
  }
  return {
    person,
    sendFramed,
    send: (payload) => sendFramed(toSocketFrame(payload)),
    close: (why) => closeSocket(socket, why),
  };
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** Presence carries the name the server knows. */
function signState(principal: Principal, state: PresenceState): PresenceState {
  const isKnown = principal.type === 'account' || principal.type === 'token';
  if (!isKnown || state.json === 'null') return state;
  try {
    const said: unknown = JSON.parse(state.json);
    if (typeof said !== 'object' || said === null || Array.isArray(said)) return state;
    const given = 'person' in said && typeof said.person === 'string' ? said.person : '';
    const signed = { ...said, person: toPerson(principal, given), name: principal.name };
    return { ...state, json: JSON.stringify(signed) };
  } catch {
    return state; // no JSON: the board does not take it
  }
}
