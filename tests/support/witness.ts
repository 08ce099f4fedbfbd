/**
 * Clients that remember: a writer keeps every update the server said is on its disk, a reader every update it was
 * shown. Whatever happens to the server afterwards, it has to give all of them back.
 */

import { createDecoder } from 'lib0/decoding';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createIncidentDoc, type IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import {
  BARRIER_TYPE,
  decodeFrame,
  encodeBarrier,
  encodeStep1,
  encodeUpdate,
  readNotice,
} from '../../shared/protocol/frames.ts';
import type { Device } from './device.ts';
import { toHello } from './hello.ts';

/** One change as it was sent; `text` is empty where it was no new line. */
export type Written = { readonly text: string; readonly update: Uint8Array };

export type Writer = {
  readonly device: Device;
  /** One line, sent with a barrier behind it. */
  write(text: string): Entry;
  /** The same for a change of a line that is there. */
  change(command: Command): void;
  readonly written: readonly Written[];
  /** The server said that it is on its disk. */
  readonly acknowledged: readonly Written[];
  /** Resolves when everything written so far is acknowledged. Never, when the socket ends before. */
  settled(): Promise<void>;
  /** Called at each acknowledgement. */
  onAcknowledged: () => void;
  isOpen(): boolean;
  readonly closed: Promise<number>;
  close(): void;
};

export async function connectWriter(url: string, device: Device): Promise<Writer> {
  const socket = await open(url);
  const written: Written[] = [];
  const acknowledged: Written[] = [];
  const settling = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  let text = '';
  for (const frame of toHello(device.doc.ydoc.clientID)) socket.send(frame);
  const stop = device.doc.onUpdate((update, source) => {
    if (source !== 'local') return;
    written.push({ text, update });
    socket.send(encodeUpdate(update));
    socket.send(encodeBarrier(written.length));
  });
  onTestFinished(stop);
  socket.on('message', (data: Buffer) => {
    const reached = toReached(data);
    if (reached === null) return;
    acknowledged.push(...written.slice(acknowledged.length, reached));
    writer.onAcknowledged();
    if (acknowledged.length < written.length) return;
    for (const settle of settling) settle();
    settling.clear();
  });
  const writer: Writer = {
    device,
    write(words) {
      text = words;
      return device.log(words);
    },
    change(command) {
      text = '';
      device.run(command);
    },
    written,
    acknowledged,
    settled: () =>
      new Promise((resolve) => {
        if (acknowledged.length === written.length) resolve();
        else settling.add(resolve);
      }),
    onAcknowledged: () => undefined,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    closed,
    close: () => socket.close(),
  };
  return writer;
}

export type Reader = {
  /** Live updates, as the server showed them. */
  readonly seen: readonly Uint8Array[];
  readonly closed: Promise<number>;
  isOpen(): boolean;
};

export async function connectReader(url: string): Promise<Reader> {
  const socket = await open(url);
  const seen: Uint8Array[] = [];
  socket.on('message', (data: Buffer) => {
    const frame = decodeFrame(data);
    if (frame?.type === 'update' && !frame.isStep2) seen.push(frame.update);
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  return { seen, closed, isOpen: () => socket.readyState === WebSocket.OPEN };
}

/** The whole incident, as somebody reads it who was never there before. */
export async function readIncident(url: string): Promise<IncidentDoc> {
  const socket = await open(url);
  const doc = createIncidentDoc();
  onTestFinished(() => doc.destroy());
  const isWhole = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(data);
      if (frame?.type !== 'update') return;
      // Of a compacted incident the snapshot comes before the answer, as an update of its own.
      doc.apply(frame.update, 'remote');
      if (frame.isStep2) resolve();
    });
    socket.once('close', (code: number) => reject(new Error(`Closed with ${code}`)));
  });
  socket.send(encodeStep1(new Uint8Array([0])));
  await isWhole;
  socket.close();
  return doc;
}

/** Of these updates the ones that hold anything, a line or a deletion, the document does not have. */
export function findMissing(
  doc: IncidentDoc,
  updates: readonly Uint8Array[],
): readonly Uint8Array[] {
  let isNews = false;
  const stop = doc.onUpdate(() => {
    isNews = true;
  });
  const missing = updates.filter((update) => {
    isNews = false;
    doc.apply(update, 'remote');
    const isMissing = isNews || doc.isWaiting();
    doc.dropWaiting();
    return isMissing;
  });
  stop();
  return missing;
}

export function textsOf(doc: IncidentDoc): ReadonlySet<string> {
  return new Set(doc.read.timeline().map(({ text }) => text));
}

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined); // the server is killed under it; the close that follows is what is looked at
  return socket;
}

/** @returns the number of the barrier that was reached; null: the frame says something else */
export function toReached(data: Uint8Array): number | null {
  if (data[0] !== BARRIER_TYPE) return null;
  const notice = readNotice(createDecoder(data.subarray(1)));
  return notice.type === 'reached' ? notice.number : null;
}
