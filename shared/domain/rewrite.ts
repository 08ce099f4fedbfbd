/**
 * Somebody's own wording of a generated statement. The statement itself is never stored: a rewrite names it and
 * keeps the hash of what it said then, so that the draft can tell when its sources have changed since.
 */

import type { PersonId, RewriteId } from './id.ts';
import type { ProseSection } from './section.ts';
import type { Instant } from './time.ts';

/** Section, rule, and the milestone or the first source entry: `detection.how.<entry>`. */
export type StatementId = string;

export type Rewrite = {
  readonly id: RewriteId;
  readonly statement: StatementId;
  /** Of the sources as they were when this was written, or last said to be still right. */
  readonly sourcesHash: string;
  /** Markdown. */
  readonly text: string;
  readonly by: PersonId;
  /** By its author's clock. */
  readonly recorded: Instant;
  /** Taken back; it stays readable. */
  readonly isRetracted: boolean;
};

/** What people wrote into a draft. */
export type Prose = {
  /** Markdown by section; an empty one is empty. */
  readonly sections: ReadonlyMap<ProseSection, string>;
  /** The oldest first. Two of one statement both show until one is taken back. */
  readonly rewrites: readonly Rewrite[];
};
