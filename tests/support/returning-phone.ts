/** A phone as the server sees it across a restart: it comes back by itself, at the app's pace, and gets in step again. */

import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  decodeFrame,
  encodeBarrier,
  encodePresence,
  encodeStep1,
  encodeStep2,
} from '../../shared/protocol/frames.ts';
import { toHello } from './hello.ts';
import { toReached } from './witness.ts';

/** As the app waits: 200 ms, doubled each time, and of that between half and all. */
const FIRST_WAIT_MILLIS = 200;
const MAX_WAIT_MILLIS = 30_000;

export type ReturningPhone = {
  /** Resolves when it is in step and the server said that what it lacked is on its disk. */
  inStep(): Promise<void>;
  /** What the server lacks, from now on. */
  unsent: Uint8Array;
};

export function joinAsPhone(options: {
  readonly url: string;
  readonly client: number;
  readonly stateVector: Uint8Array;
  /** In [0, 1). */
  readonly random: () => number;
}): ReturningPhone {
  const { url, client, stateVector, random } = options;
  const waiting = new Set<() => void>();
  let failures = 0;
  let isInStep = false;
  let socket: WebSocket | null = null;
  let isOver = false;
  let connections = 0;

  function connect(): void {
    if (isOver) return;
    const opened = new WebSocket(url, { perMessageDeflate: false });
    let hasStep2 = false;
    socket = opened;
    opened.on('open', () => {
      connections += 1;
      for (const frame of toHello(client)) opened.send(frame);
      opened.send(encodeStep1(stateVector));
      opened.send(encodePresence([{ client, clock: connections, json: `{"name":"P${client}"}` }]));
    });
    opened.on('message', (data: Buffer) => {
      const frame = decodeFrame(data);
      if (frame?.type === 'update' && frame.isStep2) hasStep2 = true;
      if (frame?.type === 'step1') {
        opened.send(encodeStep2(phone.unsent));
        opened.send(encodeBarrier(1));
      }
      if (toReached(data) === null || !hasStep2) return;
      failures = 0;
      isInStep = true;
      for (const tell of waiting) tell();
      waiting.clear();
    });
    opened.on('error', () => undefined); // a refused connection is what a restart looks like
    opened.on('close', () => {
      isInStep = false;
      const wait = Math.min(MAX_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** failures);
      failures += 1;
      setTimeout(connect, wait * (0.5 + random() / 2));
    });
  }

  onTestFinished(() => {
    isOver = true;
    socket?.terminate();
  });
  const phone: ReturningPhone = {
    unsent: new Uint8Array([0, 0]),
    inStep: () =>
      new Promise((resolve) => {
        if (isInStep) resolve();
        else waiting.add(resolve);
      }),
  };
  connect();
  return phone;
}
