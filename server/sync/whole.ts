/** For who has nothing, everything: made once, and the same bytes for all who come before it changes. */

import { encodeStep2 } from '../../shared/protocol/frames.ts';
import type { Member } from './member.ts';
import type { RoomDoc } from './room-doc.ts';
import { toSocketFrame } from './socket-frame.ts';

export type Whole = {
  send(member: Member): void;
  forget(): void;
};

/** It is as large as the document, so it is not held for long. */
const HELD_MILLIS = 5_000;

export function createWhole(options: {
  readonly kept: RoomDoc;
  readonly position: () => number;
  readonly onFailed: (cause: unknown) => void;
}): Whole {
  const { kept, position, onFailed } = options;
  let made: { readonly position: number; readonly frames: Promise<Buffer> } | null = null;
  let timer: NodeJS.Timeout | null = null;

  function make(): Promise<Buffer> {
    const doc = kept.current();
    return doc ? Promise.resolve(toSocketFrame(encodeStep2(doc.encode()))) : kept.readWhole();
  }

  function forget(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    made = null;
  }

  return {
    send(member) {
      if (made?.position !== position()) {
        forget();
        made = { position: position(), frames: make() };
        timer = setTimeout(forget, HELD_MILLIS).unref();
      }
      made.frames.then((frames) => member.sendFramed(frames), onFailed);
    },
    forget,
  };
}

/** A state vector of nobody: a count of zero. */
export function isEmptyVector(stateVector: Uint8Array): boolean {
  return stateVector.length <= 1 && (stateVector[0] ?? 0) === 0;
}
