/** The line being written, as far as the log shows it: where it would land, and which one landed last. */

import { type Accessor, createSignal } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';
import type { Kind } from '../../../shared/domain/kind.ts';
import type { Milestone } from '../../../shared/domain/milestone.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The row of the log where the line being timed would land. */
export const GHOST = 'ghost';

/** A line somebody is asked for from elsewhere: of which kind, about when. */
export type Wish = {
  readonly kind: Kind;
  readonly milestone: Milestone | null;
  readonly at: Instant | null;
};

export type PendingLine = {
  /** Null once the composer has taken it up. */
  readonly asked: Accessor<Wish | null>;
  ask(wish: Wish | null): void;
  /** When the line happened, while its time is being set; null otherwise. */
  readonly landsAt: Accessor<Instant | null>;
  setLandsAt(at: Instant | null): void;
  /** The line this person logged last; the log brings it into view. */
  readonly landed: Accessor<EntryId | null>;
  setLanded(id: EntryId): void;
  /** The kind of the line that is being written right now. */
  readonly writing: Accessor<Kind | null>;
  setWriting(kind: Kind | null): void;
};

export function createPendingLine(): PendingLine {
  const [landsAt, setLandsAt] = createSignal<Instant | null>(null);
  const [landed, setLanded] = createSignal<EntryId | null>(null, { equals: false });
  const [writing, setWriting] = createSignal<Kind | null>(null);
  const [asked, ask] = createSignal<Wish | null>(null);
  return { asked, ask, writing, setWriting, landsAt, setLandsAt, landed, setLanded };
}
