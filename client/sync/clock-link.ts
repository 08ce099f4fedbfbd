/**
 * Asks the server what time it is: a few times when a connection opens, when a phone wakes and after its clock
 * jumped, and once a minute after that.
 */

import { encodeTimeQuestion, type Notice } from '../../shared/protocol/frames.ts';

const BURST = 4;
const BURST_EVERY_MILLIS = 250;
const ASK_EVERY_MILLIS = 60_000;

export type ClockLink = {
  /** The server can be asked: the connection opened, or the clock may have been set meanwhile. */
  ask(): void;
  receive(answer: Extract<Notice, { type: 'time' }>): void;
  close(): void;
};

/** All in ms by the phone's wall clock, or the server's. */
export type TimeAnswer = {
  readonly asked: number;
  readonly heard: number;
  readonly answered: number;
  readonly received: number;
};

export function createClockLink(options: {
  /** ms since 1970 */
  readonly now: () => number;
  readonly send: (frame: Uint8Array) => void;
  readonly onAnswer: (answer: TimeAnswer) => void;
}): ClockLink {
  const { now, send, onAnswer } = options;
  /** A question is answered once, and an answer to no question is nobody's. */
  const open = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let left = 0;

  function askOnce(): void {
    const sent = Math.round(now() * 1000);
    open.clear();
    open.add(sent);
    send(encodeTimeQuestion(sent));
    left = Math.max(0, left - 1);
    timer = setTimeout(askOnce, left > 0 ? BURST_EVERY_MILLIS : ASK_EVERY_MILLIS);
  }

  return {
    ask() {
      if (timer) clearTimeout(timer);
      left = BURST;
      askOnce();
    },
    receive({ sent, heard, answered }) {
      if (!open.delete(sent)) return;
      onAnswer({
        asked: sent / 1000,
        heard: heard / 1000,
        answered: answered / 1000,
        received: now(),
      });
    },
    close() {
      if (timer) clearTimeout(timer);
    },
  };
}
