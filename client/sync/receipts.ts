/** Tells the server how far this person has read: everything that was delivered, while the screen is looked at. */

import { encodeApplied } from '../../shared/protocol/frames.ts';

export type Receipts = {
  /** Everything up to `position` is in the document. */
  delivered(position: number): void;
  /** Somebody looks at the incident, or not any more. */
  watch(isWatched: boolean): void;
  /** A new connection knows nothing of what was told to the last one. */
  reset(): void;
};

export function createReceipts(send: (frame: Uint8Array) => void): Receipts {
  let delivered = 0;
  let told = 0;
  let isWatched = false;

  function tell(): void {
    if (!isWatched || delivered <= told) return;
    told = delivered;
    send(encodeApplied(delivered));
  }

  return {
    delivered(position) {
      delivered = Math.max(delivered, position);
      tell();
    },
    watch(now) {
      isWatched = now;
      tell();
    },
    reset() {
      delivered = 0;
      told = 0;
    },
  };
}
