/** The outcome of a command, and what deciding may look at. */

import type { Change } from './change.ts';
import type { Entry } from './entry.ts';
import { MAX_TITLE_CHARACTERS } from './entry-text.ts';
import type { DeviceId, EntryId, PersonId, RewriteId } from './id.ts';
import type { ClockReading } from './occurred.ts';
import type { Refusal } from './refusal.ts';
import type { Rewrite } from './rewrite.ts';
import type { Status } from './status.ts';
import type { Instant } from './time.ts';

/** Who asks, from which device, when. */
export type Author = {
  readonly person: PersonId;
  readonly name: string;
  readonly device: DeviceId;
  /** This phone's clock. */
  readonly now: Instant;
  readonly clock: ClockReading;
  readonly newEntryId: () => EntryId;
};

export type IncidentView = {
  entry(id: EntryId): Entry | undefined;
  rewrite(id: RewriteId): Rewrite | undefined;
  readonly entryCount: number;
  readonly status: Status;
  personName(person: PersonId): string | undefined;
};

export type Decision =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly refusal: Refusal };

export function accept(changes: readonly Change[]): Decision {
  return { ok: true, changes };
}

export function refuse(refusal: Refusal): Decision {
  return { ok: false, refusal };
}

/** @param title already clean */
export function refuseTitle(title: string): Refusal | null {
  const characters = [...title].length;
  return characters > MAX_TITLE_CHARACTERS ? { reason: 'titleTooLong', characters } : null;
}
