/** A half-written line. */

import type { Kind } from './kind.ts';
import type { Occurred } from './occurred.ts';
import type { Instant } from './time.ts';

export type Draft = {
  /** The incident's id, or `declare`. */
  readonly key: string;
  readonly text: string;
  readonly kind: Kind;
  /** When the first character came; null while there is none. */
  readonly firstTouch: Instant | null;
  /** When the last character came. */
  readonly lastTouch: Instant | null;
  /** A time the person set; null while it is the first touch. */
  readonly occurred: Occurred | null;
};
