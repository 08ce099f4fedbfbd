/** What a decision writes. Each change is a plain fact; `doc/write.ts` turns a list of them into one transaction. */

import type { Claim } from './claim.ts';
import type { Effect } from './effect.ts';
import type { EntryField } from './entry.ts';
import type { DeviceId, EntryId, PersonId, RewriteId } from './id.ts';
import type { IncidentKind } from './incident.ts';
import type { AnyKind } from './kind.ts';
import type { ClockReading, Occurred } from './occurred.ts';
import type { Outcome } from './outcome.ts';
import type { Rewrite } from './rewrite.ts';
import type { Instant, Zone } from './time.ts';

/** Written once with the entry and never replaced. `kind` is a text so that newer kinds survive older apps. */
export type EntryOrigin = {
  readonly occurred: Occurred;
  readonly kind: string;
  readonly claim: Claim;
  readonly effect: Effect | null;
  readonly by: PersonId;
  readonly device: DeviceId;
  readonly recorded: Instant;
  readonly clock: ClockReading;
};

/** The value each field of an entry holds once it was edited. */
export type EntryFieldValues = {
  readonly time: Occurred;
  readonly kind: AnyKind;
  readonly claim: Claim;
  readonly effect: Effect | null;
  readonly star: boolean;
  readonly inReport: boolean;
  readonly audience: string;
  readonly retracted: boolean;
  /** How the words read before; the words themselves are a shared text and merge letter by letter. */
  readonly words: string;
  readonly outcome: Outcome;
};

export type IncidentFieldValues = {
  readonly title: string;
  readonly homeZone: Zone;
  readonly kind: IncidentKind;
};

export type EntryFieldChange = {
  [F in EntryField]: {
    readonly type: 'setEntryField';
    readonly entry: EntryId;
    readonly field: F;
    readonly value: EntryFieldValues[F];
  };
}[EntryField];

export type IncidentFieldChange = {
  [F in keyof IncidentFieldValues]: {
    readonly type: 'setIncidentField';
    readonly field: F;
    readonly value: IncidentFieldValues[F];
  };
}[keyof IncidentFieldValues];

export type RewriteFieldChange = {
  readonly type: 'setRewriteField';
  readonly rewrite: RewriteId;
} & (
  | { readonly field: 'hash'; readonly value: string }
  | { readonly field: 'retracted'; readonly value: boolean }
);

export type Change =
  | {
      readonly type: 'addEntry';
      readonly id: EntryId;
      readonly origin: EntryOrigin;
      readonly text: string;
    }
  | EntryFieldChange
  | IncidentFieldChange
  | { readonly type: 'addRewrite'; readonly rewrite: Rewrite }
  | RewriteFieldChange
  | { readonly type: 'namePerson'; readonly person: PersonId; readonly name: string };
