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
import { readBearer, readCookie } from '../auth/cookie.ts';
import type { Doorkeeper, Pass } from '../auth/doorkeeper.ts';
import { isForwarded } from '../auth/forwarded.ts';
import type { Log } from '../log.ts';
import { heedRights } from './rights-watch.ts';
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
  /** Whether the cookie carries the secure name. */
  readonly isHttps: (visitor: Visitor) => boolean;
  readonly doorkeeper: Doorkeeper;
  /** ms since 1970 */
  readonly now: () => number;
}): Sockets {
  const { server, rooms, log, decide, isHttps, doorkeeper, now } = options;
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
    const { host, origin, cookie, authorization } = request.headers;
    const visitor = {
      remoteAddress: request.socket.remoteAddress,
      host,
      origin,
      isForwarded: isForwarded(request.headers),
    };
    const access = decide(visitor);
    if (isClosing || !path.startsWith(SYNC_PATH) || !access.ok) {
      refuseUpgrade(stream, isClosing ? 503 : access.ok ? 404 : 403);
      return;
    }
    const credentials = {
      cookie: readCookie(cookie, isHttps(visitor)),
      bearer: readBearer(authorization),
      isAtHome: access.isAtHome,
    };
    const admit = (): Promise<Pass> => doorkeeper.admit(credentials);
    admit().then(
      (pass) => {
        if (isClosing) refuseUpgrade(stream, 503);
        else
          sockets.handleUpgrade(request, stream, head, (socket) =>
            open(socket, stream, path, pass, admit),
          );
      },
      (err) => {
        log.error({ err }, 'who asks could not be found out');
        refuseUpgrade(stream, 503);
      },
    );
  }

  function open(
    socket: WebSocket,
    stream: Duplex,
    path: string,
    pass: Pass,
    admit: () => Promise<Pass>,
  ): void {
    // First of all: who is turned away may still say what no websocket should, and nobody else would hear that.
    socket.on('error', (err) => log.debug({ err, path }, 'socket error'));
    const id = path.slice(SYNC_PATH.length);
    const level = isIncidentId(id) ? pass.levelIn(id) : 'none';
    if (pass.principal.type === 'nobody') closeSocket(socket, 'signedOut');
    else if (level === 'none') closeSocket(socket, 'noSuchRoom');
    else {
      heedRights({ socket, id, pass, admit, watch: doorkeeper.watch, log, now });
      serveSocket({ socket, stream, id, rooms, log, pass, level });
      socket.on('pong', () => silent.delete(socket));
    }
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
