/**
 * From an http upgrade to a visit. A refusal the person has to read is a close code after accepting: http errors make
 * clients retry for ever. Only a foreign web page (wrong origin) is refused at the upgrade, before it can open a socket.
 */

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isIncidentId } from '../../shared/domain/id.ts';
import { MAX_FRAME_BYTES } from '../../shared/protocol/limits.ts';
import type { Access, Visitor } from '../auth/access.ts';
import type { Log } from '../log.ts';
import type { Rooms } from './rooms.ts';
import { closeSocket, serveSocket } from './visit.ts';

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
      // First of all: who is turned away may still say what no websocket should, and nobody else would hear that.
      socket.on('error', (err) => log.debug({ err, path }, 'socket error'));
      const id = path.slice(SYNC_PATH.length);
      if (!access.ok) closeSocket(socket, 'refused');
      else if (!isIncidentId(id)) closeSocket(socket, 'noSuchRoom');
      else {
        serveSocket({ socket, stream, id, rooms, log });
        socket.on('pong', () => silent.delete(socket));
      }
    });
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
      for (const socket of sockets.clients) closeSocket(socket, 'goingAway');
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}

function refuseUpgrade(stream: Duplex, status: number): void {
  const answer = `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  stream.end(answer, () => stream.destroy());
}
