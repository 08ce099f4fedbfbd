/** Asks the server what time it is: a few times when a connection opens, once a minute after that, and after a jump. */

import { encodeTimeQuestion, type Notice } from '../../shared/protocol/frames.ts';

const BURST = 4;
const BURST_EVERY_MILLIS = 250;
const ASK_EVERY_MILLIS = 60_000;

export type ClockLink = {
  /** The connection opened: the server can be asked. */
  opened(): void;
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

  function ask(): void {
    const sent = Math.round(now() * 1000);
    open.clear();
    open.add(sent);
    send(encodeTimeQuestion(sent));
    left = Math.max(0, left - 1);
    timer = setTimeout(ask, left > 0 ? BURST_EVERY_MILLIS : ASK_EVERY_MILLIS);
  }

  return {
    opened() {
      if (timer) clearTimeout(timer);
      left = BURST;
      ask();
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
