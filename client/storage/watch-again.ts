/** A query that is told of every change is over once it failed. It is asked again, later each time, until it works. */

import type { Watch } from './phone-log.ts';

const FIRST_WAIT_MILLIS = 500;
const LAST_WAIT_MILLIS = 15_000;

export function watchAgain<Row>(watch: Watch<Row>): Watch<Row> {
  return (listener, onFailed) => {
    let stop = (): void => undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let wait = FIRST_WAIT_MILLIS;
    /** A query that was ended may still answer, or fail. */
    let newest = 0;

    function start(): void {
      timer = null;
      stop();
      newest += 1;
      const mine = newest;
      stop = watch(
        (rows) => {
          if (mine !== newest) return;
          wait = FIRST_WAIT_MILLIS;
          listener(rows);
        },
        (cause) => {
          if (mine !== newest) return;
          timer ??= setTimeout(start, wait);
          wait = Math.min(wait * 2, LAST_WAIT_MILLIS);
          onFailed(cause);
        },
      );
    }

    start();
    return () => {
      newest += 1;
      stop();
      if (timer) clearTimeout(timer);
    };
  };
}
