/**
 * A websocket spelled out on plain TCP (RFC 6455), for bytes no library would send. The masking key is zero, so the
 * payload stands in the frame as it is.
 */

import { connect, type Socket } from 'node:net';

export const BINARY = 0x02;
export const CONTINUATION = 0x00;
const CLOSE = 0x08;
const FINAL = 0x80;
const MASKED = 0x80;
const MAX_SHORT = 125;
const MAX_MEDIUM = 0xffff;

/** @param size what the header claims, where that is not the payload's own */
export function toWire(
  payload: Uint8Array,
  { opcode = BINARY, isFinal = true, size = payload.length } = {},
): Buffer {
  const header = [(isFinal ? FINAL : 0) | opcode];
  if (size <= MAX_SHORT) header.push(MASKED | size);
  else if (size <= MAX_MEDIUM) header.push(MASKED | 126, size >>> 8, size & 0xff);
  else header.push(MASKED | 127, 0, 0, 0, 0, size >>> 24, size >>> 16, size >>> 8, size);
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), payload]);
}

/** Asks for a websocket and, without waiting for the answer, sends `wire` behind it. Whoever opens it ends it. */
export function openRaw(url: string, wire: Buffer = Buffer.alloc(0)): Socket {
  const { hostname, port, host, pathname } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => undefined); // the far end hangs up whenever it likes
  socket.write(
    Buffer.concat([
      Buffer.from(
        `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      ),
      wire,
    ]),
  );
  return socket;
}

/** Resolves when the server has read everything in `wire` and hung up. @returns the close code, if it gave one */
export function throwAt(url: string, wire: Buffer): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = openRaw(url, wire);
    const heard: Buffer[] = [];
    socket.on('data', (bytes) => heard.push(bytes));
    socket.on('end', () => socket.resetAndDestroy()); // leaves no port waiting behind
    socket.on('close', () => resolve(readCloseCode(Buffer.concat(heard))));
    socket.end();
  });
}

/** @param heard everything the server sent, from its answer to the upgrade on */
function readCloseCode(heard: Buffer): number | null {
  const start = heard.indexOf('\r\n\r\n');
  if (start < 0) return null;
  for (let at = start + 4; at + 4 <= heard.length; ) {
    const short = heard.readUInt8(at + 1);
    const headerBytes = short <= MAX_SHORT ? 2 : short === 126 ? 4 : 10;
    if ((heard.readUInt8(at) & 0x0f) === CLOSE) return heard.readUInt16BE(at + headerBytes);
    if (headerBytes === 10) return null; // nothing this long stands before a close in these tests
    at += headerBytes + (short <= MAX_SHORT ? short : heard.readUInt16BE(at + 2));
  }
  return null;
}
