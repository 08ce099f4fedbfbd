/** A client made of a socket and frames, for what no well-behaved client would send. */

import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  decodeFrame,
  encodeBarrier,
  encodeStep2,
  type Frame,
} from '../../shared/protocol/frames.ts';
import type { Device } from './device.ts';

export type RawClient = {
  readonly frames: readonly Frame[];
  send(bytes: Uint8Array): void;
  /** The first frame, also among those that already came, for which `is` holds. */
  next(is: (frame: Frame, bytes: Uint8Array) => boolean): Promise<Frame>;
  /** The close code. */
  readonly closed: Promise<number>;
  close(): void;
};

export async function connectRaw(
  url: string,
  headers: Record<string, string> = {},
  options: { readonly ca?: Buffer } = {},
): Promise<RawClient> {
  const socket = new WebSocket(url, { headers, ...options });
  const seen: { frame: Frame; bytes: Uint8Array }[] = [];
  const watchers = new Set<() => void>();
  onTestFinished(() => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const bytes = new Uint8Array(data);
    seen.push({ frame: decodeFrame(bytes) ?? { type: 'unknown' }, bytes });
    for (const watch of [...watchers]) watch();
  });
  await new Promise<void>((resolve) => {
    socket.once('open', () => resolve());
    socket.once('close', () => resolve());
  });
  return {
    get frames() {
      return seen.map(({ frame }) => frame);
    },
    send: (bytes) => socket.send(bytes),
    next: (is) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = seen.find(({ frame, bytes }) => is(frame, bytes));
          if (!found) return;
          watchers.delete(look);
          resolve(found.frame);
        };
        watchers.add(look);
        look();
      }),
    closed,
    close: () => socket.close(),
  };
}

/** Everything the device knows, and a promise of the server's word that it is on disk. */
export function offer(client: RawClient, device: Device, number: number): Promise<unknown> {
  client.send(encodeStep2(device.doc.encode()));
  client.send(encodeBarrier(number));
  return client.next((_frame, bytes) => bytes[0] === 100 && bytes[1] === 1 && bytes[2] === number);
}

export function isUpdate(frame: Frame): frame is Extract<Frame, { type: 'update' }> {
  return frame.type === 'update';
}
