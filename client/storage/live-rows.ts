/** Rows that are read again whenever one of them changes, in any tab. */

import { liveQuery } from 'dexie';
import type { Watch } from './phone-log.ts';

/** Dexie tells nobody of a connection that was closed under a query; so the query answers for itself what went wrong. */
export function watchRows<Row>(read: () => Promise<readonly Row[]>): Watch<Row> {
  return (listener, onFailed) => {
    const subscription = liveQuery(async () => {
      try {
        return { rows: await read() };
      } catch (cause) {
        return { cause };
      }
    }).subscribe((answer) => {
      if ('rows' in answer) listener(answer.rows);
      else onFailed(answer.cause);
    });
    return () => subscription.unsubscribe();
  };
}
