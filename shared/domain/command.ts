/** What a person asks for. A screen builds one of these and hands it to an action; nothing else changes a document. */

import type { Claim } from './claim.ts';
import type { EntryId, PersonId, RewriteId } from './id.ts';
import type { IncidentKind } from './incident.ts';
import type { Kind } from './kind.ts';
import type { Milestone } from './milestone.ts';
import type { ClockReading, Occurred } from './occurred.ts';
import type { Outcome } from './outcome.ts';
import type { StatementId } from './rewrite.ts';
import type { Role } from './role.ts';
import type { Severity } from './severity.ts';
import type { Status } from './status.ts';
import type { Zone } from './time.ts';

export type Declare = {
  readonly type: 'declare';
  /** Empty: the incident gets an automatic title. */
  readonly title: string;
  /** Null: nobody said how bad it is. */
  readonly severity: Severity | null;
  readonly role: Role | null;
  readonly kind: IncidentKind;
  readonly homeZone: Zone;
  readonly occurred: Occurred;
};

export type Log = {
  readonly type: 'log';
  readonly kind: Kind;
  readonly text: string;
  readonly occurred: Occurred;
  /** How wrong the phone's clock was when `occurred` was read off it. Left out, or never measured: as it is now. */
  readonly clock?: ClockReading;
  /** Left out: the kind's own. */
  readonly claim?: Claim;
  /** Only with kind `milestone`. */
  readonly milestone?: Milestone;
};

export type RewriteStatement = {
  readonly type: 'rewriteStatement';
  readonly statement: StatementId;
  /** Of the sources its author looked at. */
  readonly sourcesHash: string;
  readonly text: string;
};

export type Command =
  | Declare
  | Log
  | { readonly type: 'setSeverity'; readonly severity: Severity; readonly occurred: Occurred }
  | { readonly type: 'setStatus'; readonly status: Status; readonly occurred: Occurred }
  | {
      readonly type: 'assignRole';
      readonly role: Role;
      readonly person: PersonId | null;
      readonly occurred: Occurred;
    }
  | { readonly type: 'rename'; readonly title: string }
  | { readonly type: 'changeTime'; readonly entry: EntryId; readonly occurred: Occurred }
  | {
      readonly type: 'changeKind';
      readonly entry: EntryId;
      readonly kind: Kind;
      readonly milestone?: Milestone;
    }
  | { readonly type: 'changeClaim'; readonly entry: EntryId; readonly claim: Claim }
  | { readonly type: 'setOutcome'; readonly entry: EntryId; readonly outcome: Outcome }
  /** The words are being changed; `before` is how they read. */
  | { readonly type: 'reword'; readonly entry: EntryId; readonly before: string }
  | RewriteStatement
  /** The sources changed, and the words still hold. */
  | { readonly type: 'confirmRewrite'; readonly rewrite: RewriteId; readonly sourcesHash: string }
  | { readonly type: 'takeBackRewrite'; readonly rewrite: RewriteId }
  | { readonly type: 'bringBackRewrite'; readonly rewrite: RewriteId }
  | { readonly type: 'star'; readonly entry: EntryId; readonly on: boolean }
  | { readonly type: 'retract'; readonly entry: EntryId }
  | { readonly type: 'restore'; readonly entry: EntryId };
