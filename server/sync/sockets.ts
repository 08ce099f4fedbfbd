/**
 * From an http upgrade to a member of a room. Musts:
 * 1. Listen before anything is awaited: the first frames arrive while the room is still loading.
 * 2. A refusal the person has to read is a close code after accepting; http errors make clients retry for ever.
 *    Only a foreign web page (wrong origin) is refused at the upgrade, before it can open a socket.
 * 3. Never skip a frame for a slow reader: close 4508 and let it come back for what it missed.
 */

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { isIncidentId } from '../../shared/domain/id.ts';
import { CLOSES, type CloseName } from '../../shared/protocol/close-codes.ts';
import { decodeFrame, type Frame } from '../../shared/protocol/frames.ts';
import {
  MAX_FRAME_BYTES,
  MAX_UNREAD_BYTES,
  MAX_WAITING_FRAMES,
} from '../../shared/protocol/limits.ts';
import type { Access, Visitor } from '../auth/access.ts';
import type { Log } from '../log.ts';
import type { Member } from './member.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { toSocketFrame } from './socket-frame.ts';

const SYNC_PATH = '/sync/';
const PING_EVERY_MILLIS = 30_000;

export type Sockets = {
  /** No new sockets; those that are open are told to come back later. */
  close(): Promise<void>;
};

export function attachSockets(options: {
  readonly server: Server;
  readonly rooms: Rooms;
  readonly log: Log;
  readonly decide: (visitor: Visitor) => Access;
}): Sockets {
  const { server, rooms, log, decide } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  const silent = new WeakSet<WebSocket>();
  let isClosing = false;

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', (err) => log.debug({ err }, 'socket error')); // http no longer listens for it
    const path = request.url?.split('?', 1)[0] ?? '/';
    const access = decide({
      remoteAddress: request.socket.remoteAddress,
      host: request.headers.host,
      origin: request.headers.origin,
    });
    if (isClosing || !path.startsWith(SYNC_PATH) || (!access.ok && access.why === 'wrongOrigin')) {
      refuseUpgrade(stream, isClosing ? 503 : access.ok ? 404 : 403);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const room = path.slice(SYNC_PATH.length);
      if (!access.ok) close(socket, 'refused');
      else if (!isIncidentId(room)) close(socket, 'noSuchRoom');
      else serve(socket, stream, room);
    });
  }

  function serve(socket: WebSocket, stream: Duplex, id: string): void {
    const member = toMember(socket, stream);
    let waiting: Frame[] = [];
    let joined: Room | null = null;
    /** The edge: whatever one of them sends, the others stay. */
    function hear(room: Room, frame: Frame): void {
      try {
        room.receive(member, frame);
      } catch (err) {
        log.error({ err, room: id, frame: frame.type }, 'a frame could not be handled');
        member.close('badUpdate');
      }
    }

    socket.on('error', (err) => log.debug({ err, room: id }, 'socket error'));
    socket.on('message', (data) => {
      if (socket.readyState !== socket.OPEN) return; // who was sent away is not heard any more
      const frame = decodeFrame(toBytes(data));
      if (!frame) member.close('badUpdate');
      else if (joined) hear(joined, frame);
      else if (waiting.length < MAX_WAITING_FRAMES) waiting.push(frame);
      else member.close('tooSlow');
    });
    socket.on('pong', () => silent.delete(socket));
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

  const pinging = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, PING_EVERY_MILLIS).unref();

  server.on('upgrade', onUpgrade);
  return {
    async close() {
      isClosing = true;
      clearInterval(pinging);
      for (const socket of sockets.clients) close(socket, 'goingAway');
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

/**
 * Frames are written to the stream below ws, which adds nothing to them: without compression ws writes each of its own
 * frames whole, so ours cannot land inside one.
 */
function toMember(socket: WebSocket, stream: Duplex): Member {
  let largest = 0; // a whole document may be under way, and that alone is no slow reader
  function sendFramed(frames: Uint8Array): void {
    if (socket.readyState !== socket.OPEN) return;
    if (stream.writableLength > MAX_UNREAD_BYTES + largest) {
      close(socket, 'tooSlow');
      return;
    }
    if (frames.length > largest) largest = frames.length;
    stream.write(frames);
  }
  return {
    sendFramed,
    send: (payload) => sendFramed(toSocketFrame(payload)),
    close: (why) => close(socket, why),
  };
}

/** A far end that does not answer the close within five seconds is dropped. */
function close(socket: WebSocket, why: CloseName): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(CLOSES[why].code, why); // the sentence would be too long for a close frame; the client has it
  const patience = setTimeout(() => socket.terminate(), 5_000).unref();
  socket.once('close', () => clearTimeout(patience)); // it would keep the socket in memory
}

function refuseUpgrade(stream: Duplex, status: number): void {
  const answer = `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  stream.end(answer, () => stream.destroy());
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
