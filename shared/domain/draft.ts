/** A half-written line. */

import type { Entry } from './entry.ts';
import { cleanText } from './entry-text.ts';
import type { PersonId } from './id.ts';
import { isKind, type Kind } from './kind.ts';
import type { ClockReading, Occurred } from './occurred.ts';
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
  /** How wrong the phone's clock was when the time was read off it. Left out by earlier releases. */
  readonly clock?: ClockReading;
};

/** What is on the disk may be damaged, or from a newer app with kinds of its own. */
export function isReadableDraft({ text, kind }: Draft): boolean {
  return typeof text === 'string' && isKind(kind);
}

/** What of a draft became a line. Whatever was written since stays. */
export type SpentDraft = Pick<Draft, 'key' | 'text' | 'lastTouch'>;

/** True of every text the draft had on its way to the line: an older one may still be on the disk, or on its way there. */
export function isSpent(kept: Draft, spent: SpentDraft): boolean {
  if (kept.text === spent.text) return true;
  return kept.lastTouch !== null && spent.lastTouch !== null && kept.lastTouch <= spent.lastTouch;
}

/**
 * A line goes to the server and to this phone's disk at the same time. When the tab dies in between, the line comes
 * back from the server and the draft from the disk; this tells that they are one.
 */
export function becameLine(draft: Draft, line: Entry, person: PersonId): boolean {
  const at = draft.occurred?.at ?? draft.firstTouch;
  return (
    line.by === person && line.firstOccurred.at === at && line.text === cleanText(draft.text).trim()
  );
}
