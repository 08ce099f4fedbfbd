/**
 * What the home list shows of an incident: derived from its document, on the phone and on the server alike, and
 * thrown away whenever it can be derived again.
 */

import type { Entry } from './entry.ts';
import { toHeadline } from './entry-text.ts';
import type { IncidentId, PersonId } from './id.ts';
import {
  type ClockStart,
  type HurtSpan,
  type IncidentFacts,
  type IncidentKind,
  type IncidentState,
  toAutomaticTitle,
} from './incident.ts';
import type { AnyKind } from './kind.ts';
import type { Severity } from './severity.ts';
import type { Status } from './status.ts';
import type { Instant, Zone } from './time.ts';

export type LastLine = {
  readonly at: Instant;
  readonly person: PersonId;
  readonly name: string;
  readonly kind: AnyKind;
  readonly headline: string;
};

export type IncidentSummary = {
  readonly id: IncidentId;
  readonly title: string;
  readonly kind: IncidentKind;
  readonly homeZone: Zone;
  readonly severity: Severity | null;
  readonly status: Status;
  readonly declaredAt: Instant;
  readonly clockStart: ClockStart;
  readonly resolvedAt: Instant | null;
  readonly hurt: readonly HurtSpan[];
  /** Times of milestones and of a few dozen other lines, for the strip. */
  readonly milestones: readonly Instant[];
  readonly ticks: readonly Instant[];
  readonly entryCount: number;
  /** The incident commander first, then those who wrote last. */
  readonly people: readonly { readonly person: PersonId; readonly name: string }[];
  readonly last: LastLine | null;
  /** How much its document knows; of two summaries the one that knows more is the newer. */
  readonly size: number;
};

/** A row of the home list. */
export type HomeRow = {
  readonly summary: IncidentSummary;
  /** The human number; null until the server gave one. */
  readonly number: number | null;
};

type Readable = {
  timeline(): readonly Entry[];
  facts(): IncidentFacts;
  state(): IncidentState;
  personName(person: PersonId): string | undefined;
};

const MAX_TICKS = 48;
const MAX_PEOPLE = 12;
const MAX_HEADLINE = 160;
export const SOMEBODY = 'Somebody';

/** @returns null where nobody declared anything yet, as on a phone that opened a link without a network */
export function toSummary(id: IncidentId, read: Readable, size: number): IncidentSummary | null {
  const standing = read.timeline().filter((entry) => !entry.retracted);
  const [first] = standing;
  const { title, kind, homeZone, isDeclared } = read.facts();
  if (!first || !isDeclared) return null;
  const state = read.state();
  const declaredAt = state.declaredAt ?? first.occurred.at;
  return {
    id,
    title: title ?? toAutomaticTitle(declaredAt, homeZone),
    kind,
    homeZone,
    severity: state.severity,
    status: state.status,
    declaredAt,
    clockStart: state.clockStart ?? { at: declaredAt, from: 'declared' },
    resolvedAt: state.resolvedAt,
    hurt: state.hurt,
    milestones: standing
      .filter((entry) => entry.effect?.type === 'milestone')
      .map((entry) => entry.occurred.at),
    ticks: thin(standing.filter((entry) => !entry.effect).map((entry) => entry.occurred.at)),
    entryCount: standing.length,
    people: toPeople(standing, read),
    last: toLastLine(standing, read),
    size,
  };
}

function toPeople(standing: readonly Entry[], read: Readable): IncidentSummary['people'] {
  const people = new Set<PersonId>();
  const commander = read.state().holders.get('incidentCommander');
  if (commander) people.add(commander);
  for (const entry of standing.toReversed()) {
    if (people.size >= MAX_PEOPLE) break;
    people.add(entry.by);
  }
  return [...people].map((person) => ({ person, name: read.personName(person) ?? SOMEBODY }));
}

function toLastLine(standing: readonly Entry[], read: Readable): LastLine | null {
  const last = standing.findLast((entry) => entry.text !== '');
  if (!last) return null;
  return {
    at: last.occurred.at,
    person: last.by,
    name: read.personName(last.by) ?? SOMEBODY,
    kind: last.kind,
    headline: toHeadline(last.text).slice(0, MAX_HEADLINE),
  };
}

/** At most 48 of them, spread as they are: the first of each of 48 equal stretches. */
function thin(sorted: readonly Instant[]): readonly Instant[] {
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || sorted.length <= MAX_TICKS) return sorted;
  const stretch = (last - first) / MAX_TICKS;
  const byStretch = new Map<number, Instant>();
  for (const instant of sorted) {
    const index = Math.min(MAX_TICKS - 1, Math.floor((instant - first) / stretch));
    if (!byStretch.has(index)) byStretch.set(index, instant);
  }
  return [...byStretch.values()];
}
