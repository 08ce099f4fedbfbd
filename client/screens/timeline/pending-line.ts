/** The line being written, as far as the log shows it: where it would land, and which one landed last. */

import { type Accessor, createSignal } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** The row of the log where the line being timed would land. */
export const GHOST = 'ghost';

export type PendingLine = {
  /** When the line happened, while its time is being set; null otherwise. */
  readonly landsAt: Accessor<Instant | null>;
  setLandsAt(at: Instant | null): void;
  /** The line this person logged last; the log brings it into view. */
  readonly landed: Accessor<EntryId | null>;
  setLanded(id: EntryId): void;
};

export function createPendingLine(): PendingLine {
  const [landsAt, setLandsAt] = createSignal<Instant | null>(null);
  const [landed, setLanded] = createSignal<EntryId | null>(null, { equals: false });
  return { landsAt, setLandsAt, landed, setLanded };
}
