/**
 * Answers who asks what they lack, and asks back. For who has nothing everything is made once, and the same bytes go to
 * all who come before it changes; where no document is in memory it is read from the disk, and none is made for it: who
 * only reads costs no more than the reading.
 */

import { encodeStep1, encodeStep2 } from '../../shared/protocol/frames.ts';
import type { Member } from './member.ts';
import type { RoomDoc, WholeDoc } from './room-doc.ts';
import { toSocketFrame } from './socket-frame.ts';

export type Answers = {
  /**
   * Everything the member lacks, and then the question what they have that is not here: so offline work comes in.
   * @param stateVector readable
   * @param onAsked both were sent
   */
  answer(member: Member, stateVector: Uint8Array, onAsked: () => void): void;
  forget(): void;
};

/** It is as large as the document, so it is not held for long. */
const HELD_MILLIS = 5_000;

type Made = {
  readonly position: number;
  readonly doc: Promise<WholeDoc>;
  readonly question: Promise<Uint8Array>;
};

export function createAnswers(options: {
  readonly kept: RoomDoc;
  readonly position: () => number;
  readonly onFailed: (cause: unknown) => void;
}): Answers {
  const { kept, position, onFailed } = options;
  let made: Made | null = null;
  let timer: NodeJS.Timeout | null = null;

  function make(): Made {
    const doc = read();
    return { position: position(), doc, question: doc.then(toQuestion) };
  }

  async function read(): Promise<WholeDoc> {
    const doc = kept.current();
    if (!doc) return kept.readWhole();
    const stateVector = doc.encodeStateVector();
    return {
      frames: toSocketFrame(encodeStep2(doc.encode())),
      stateVector: () => stateVector,
    };
  }

  function forget(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    made = null;
  }

  function sendWhole(member: Member, onAsked: () => void): void {
    if (made?.position !== position()) {
      forget();
      made = make();
      timer = setTimeout(forget, HELD_MILLIS).unref();
    }
    const { doc, question } = made;
    doc.then(({ frames }) => member.sendFramed(frames)).catch(onFailed);
    question.then((frame) => {
      member.send(frame);
      onAsked();
    }, onFailed);
  }

  return {
    answer(member, stateVector, onAsked) {
      if (isEmptyVector(stateVector)) {
        sendWhole(member, onAsked);
        return;
      }
      kept.use((doc) => {
        member.send(encodeStep2(doc.encode(stateVector)));
        member.send(encodeStep1(doc.encodeStateVector()));
        onAsked();
      });
    },
    forget,
  };
}

/** What was just said goes out before finding this out holds everything up. */
function toQuestion({ stateVector }: WholeDoc): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(encodeStep1(stateVector()));
      } catch (cause) {
        reject(cause);
      }
    });
  });
}

/** A state vector of nobody: a count of zero. */
function isEmptyVector(stateVector: Uint8Array): boolean {
  return stateVector.length <= 1 && (stateVector[0] ?? 0) === 0;
}
