/** One version of something people change: who made it, when, out of what. */

import type { PersonId } from './id.ts';
import type { Instant } from './time.ts';

export type Version<T> = {
  /** When its last change arrived, by the server's clock. */
  readonly at: Instant;
  /** Empty where a client said no name. */
  readonly person: PersonId;
  /** Null: there was nothing. */
  readonly before: T | null;
  readonly after: T;
};
