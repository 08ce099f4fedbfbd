/**
 * What a websocket costs anybody: every frame is handed on as it came, and nothing else is done. No gate, no document,
 * no disk while it runs. Below its figures no server on Node and ws comes. Stopped in good order, it keeps a file.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { toSocketFrame } from '../../../server/sync/socket-frame.ts';
import { decodeFrame, encodeStep2 } from '../../../shared/protocol/frames.ts';

type Room = {
  readonly members: Set<Duplex>;
  updates: Uint8Array[];
  /** All updates as the frame a newcomer gets, until the next one comes. */
  whole: Buffer | null;
};

const { PORT, DATA_DIR = '.' } = process.env;
const rooms = new Map<string, Room>();
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(PORT),
  perMessageDeflate: false,
  maxPayload: 64 * 1024 * 1024,
});

server.on('connection', (socket, request) => {
  const name = request.url?.slice(1) ?? '';
  const room = rooms.get(name) ?? open(name);
  const stream = request.socket;
  room.members.add(stream);
  socket.on('message', (data) => {
    if (Buffer.isBuffer(data)) hear(room, stream, data); // as ws gives it unless asked otherwise
  });
  socket.on('close', () => room.members.delete(stream));
});
process.once('SIGTERM', () => {
  for (const [name, { updates }] of rooms)
    if (updates.length > 0) writeFileSync(fileOf(name), Y.mergeUpdates(updates));
  process.exit();
});

function open(name: string): Room {
  const file = fileOf(name);
  const updates = existsSync(file) ? [new Uint8Array(readFileSync(file))] : [];
  const room = { members: new Set<Duplex>(), updates, whole: null };
  rooms.set(name, room);
  return room;
}

function hear(room: Room, from: Duplex, bytes: Uint8Array): void {
  const frame = decodeFrame(bytes);
  if (frame?.type === 'step1') {
    room.whole ??= toSocketFrame(encodeStep2(Y.mergeUpdates(room.updates)));
    from.write(room.whole);
  } else if (frame?.type === 'update') {
    room.updates.push(frame.update);
    room.whole = null;
    const framed = toSocketFrame(bytes);
    for (const member of room.members) if (member !== from) member.write(framed);
  }
}

function fileOf(name: string): string {
  return join(DATA_DIR, `${name}.bin`);
}
