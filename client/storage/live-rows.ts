/** Rows that are read again whenever one of them changes, in any tab. */

import { liveQuery } from 'dexie';
import type { Watch } from './phone-log.ts';
import { ANSWER_MILLIS } from './within-time.ts';

/**
 * Dexie tells nobody of a connection that was closed under a query, or never answers; so the query says for itself what
 * went wrong.
 */
export function watchRows<Row>(read: () => Promise<readonly Row[]>): Watch<Row> {
  return (listener, onFailed) => {
    const subscription = liveQuery(async () => {
      const late = new Error('The database does not answer');
      const timer = setTimeout(() => onFailed(late), ANSWER_MILLIS);
      try {
        return { rows: await read() };
      } catch (cause) {
        return { cause };
      } finally {
        clearTimeout(timer);
      }
    }).subscribe((answer) => {
      if ('rows' in answer) listener(answer.rows);
      else onFailed(answer.cause);
    });
    return () => subscription.unsubscribe();
  };
}
