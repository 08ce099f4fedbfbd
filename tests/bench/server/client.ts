/** A client that costs next to nothing: a socket that speaks y-websocket's frames and keeps no document. */

import { type RawData, WebSocket } from 'ws';
import { encodePresence, encodeStep1 } from '../../../shared/protocol/frames.ts';
import type { Framing } from './framing.ts';
import { eachMark } from './marks.ts';

export type Target = {
  /** `ws://host:port/path`, before the room. */
  readonly url: string;
  readonly framing: Framing;
};

export type Client = {
  send(frame: Uint8Array): void;
  /** Bytes as they are, past any framing. */
  sendRaw(bytes: Uint8Array): void;
  isOpen(): boolean;
  close(): void;
  readonly closed: Promise<void>;
};

/** Called for frames that carry document content: step 2 and updates. `at` in ms of `performance.now()`. */
export type OnContent = (frame: Buffer, at: number) => void;

const EMPTY_STATE_VECTOR = new Uint8Array([0]);
const JOIN_WITHIN_MILLIS = 30_000;
/** A phone's first frame is far smaller than this; what is longer than a buffer is still one frame. */
const MAX_FRAME_BYTES = 256 * 1024 * 1024;

/** Opens a socket and asks for everything. @returns once the first step 2 is there */
export function join(target: Target, room: string, onContent: OnContent): Promise<Client> {
  const { framing } = target;
  const head = framing.headBytes(room);
  const socket = new WebSocket(framing.address(target.url, room), {
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const client: Client = {
    send: (frame) => socket.send(framing.wrap(room, frame)),
    sendRaw: (bytes) => socket.send(bytes),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
    closed,
  };
  return new Promise((resolve, reject) => {
    const patience = setTimeout(
      () => reject(new Error(`${target.url} sent no state within ${JOIN_WITHIN_MILLIS} ms`)),
      JOIN_WITHIN_MILLIS,
    );
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`${target.url} closed with ${code}`)));
    socket.on('open', () => {
      for (const frame of framing.greeting(room)) socket.send(frame);
      client.send(encodeStep1(EMPTY_STATE_VECTOR));
    });
    socket.on('message', (data: RawData) => {
      const at = performance.now();
      if (!Buffer.isBuffer(data)) return;
      const step = data[head] === 0 ? data[head + 1] : 0;
      if (step !== 1 && step !== 2) return;
      onContent(data, at);
      if (step === 2) return;
      clearTimeout(patience);
      resolve(client);
    });
  });
}

/** Somebody is here, as a phone says when it opens an incident. */
export function announce(client: Client, number: number): void {
  const json = JSON.stringify({ person: { id: `p${number}`, name: 'Ana Lind' }, looking: true });
  client.send(encodePresence([{ client: 1_000_000 + number, clock: 1, json }]));
}

/** @returns a listener for content, and a promise that `count` different marks have come */
export function awaitMarks(count: number): {
  readonly onContent: OnContent;
  readonly seen: ReadonlySet<number>;
  readonly complete: Promise<void>;
} {
  const seen = new Set<number>();
  let finish: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return {
    seen,
    complete,
    onContent(frame) {
      eachMark(frame, (mark) => seen.add(mark));
      if (seen.size >= count) finish();
    },
  };
}
