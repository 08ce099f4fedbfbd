/**
 * Who comes when, while updates of a room are on their way to the disk. What a client is shown must be on it, so whoever
 * asks waits until nothing is under way; and what changes the document comes after those who wait, or a busy room would
 * keep them waiting for ever.
 */

export type Turns = {
  /** How many updates are on their way. */
  underWay(): number;
  /** An update set out for the disk. */
  depart(): void;
  /** It is there; when it was the last, those who waited are served. @returns whether it was */
  arrive(): boolean;
  /** Acts while nothing is under way. */
  whenAllArrived(act: () => void): void;
  /** Acts after those who wait. */
  inTurn(act: () => void): void;
  /** Nobody is served any more. */
  clear(): void;
};

export function createTurns(): Turns {
  let count = 0;
  let waiting: { readonly act: () => void; readonly isChange: boolean }[] = [];

  /** Changes go together, so that they share a commit; who asks waits for all of those before. */
  function serve(): void {
    for (let next = waiting[0]; next && (next.isChange || count === 0); next = waiting[0]) {
      waiting.shift();
      next.act();
    }
  }

  return {
    underWay: () => count,
    depart() {
      count += 1;
    },
    arrive() {
      count -= 1;
      if (count > 0) return false;
      serve();
      return true;
    },
    whenAllArrived(act) {
      if (count === 0 && waiting.length === 0) act();
      else waiting.push({ act, isChange: false });
    },
    inTurn(act) {
      if (waiting.length === 0) act();
      else waiting.push({ act, isChange: true });
    },
    clear() {
      waiting = [];
    },
  };
}
