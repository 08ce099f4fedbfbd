/** The state of an incident, computed from its entries each time it is asked for. */

import type { Entry } from './entry.ts';
import { toMilestone } from './entry.ts';
import type { PersonId } from './id.ts';
import type { Milestone } from './milestone.ts';
import type { Role } from './role.ts';
import type { Severity } from './severity.ts';
import { type Status, statusOf } from './status.ts';
import type { Instant, Zone } from './time.ts';
import { toClock, toShortDay } from './time-words.ts';

/** Real ones count in metrics; drills never do. */
export const INCIDENT_KINDS = ['real', 'drill', 'nearMiss', 'backfilled'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export const INCIDENT_KIND_WORDS: Readonly<Record<IncidentKind, string>> = {
  real: 'Incident',
  drill: 'Drill',
  nearMiss: 'Near miss',
  backfilled: 'Backfilled',
};

export function isIncidentKind(value: unknown): value is IncidentKind {
  return INCIDENT_KINDS.some((kind) => kind === value);
}

/** What the document holds about the incident itself, beside its entries. */
export type IncidentFacts = {
  /** Null until somebody gives it one. */
  readonly title: string | null;
  readonly homeZone: Zone;
  readonly kind: IncidentKind;
  /** Somebody declared it or wrote it up. A link with a wrong letter leads to a place where nobody did. */
  readonly isDeclared: boolean;
};

/** Where the T+ clock starts, and why there. */
export type ClockStart = {
  readonly at: Instant;
  readonly from: 'impactStarted' | 'detected' | 'declared';
};

/** A time in which customers were hurt; `to` is null while it goes on. */
export type HurtSpan = { readonly from: Instant; readonly to: Instant | null };

export type IncidentState = {
  readonly severity: Severity | null;
  readonly status: Status;
  /** Null in a document whose beginning has not arrived. */
  readonly declaredAt: Instant | null;
  readonly clockStart: ClockStart | null;
  readonly resolvedAt: Instant | null;
  readonly hurt: readonly HurtSpan[];
  /** Every severity and since when, in order. */
  readonly severities: readonly { readonly since: Instant; readonly severity: Severity }[];
  readonly holders: ReadonlyMap<Role, PersonId>;
  readonly reached: ReadonlySet<Milestone>;
};

/** @param sorted the entries in timeline order; those without an effect are passed over */
export function toIncidentState(sorted: readonly Entry[]): IncidentState {
  const standing = sorted.filter((entry) => entry.effect !== null && !entry.retracted);
  const severities: { since: Instant; severity: Severity }[] = [];
  let status: Status = 'investigating';
  let resolvedAt: Instant | null = null;
  const holders = new Map<Role, PersonId>();
  const reached = new Set<Milestone>();

  for (const entry of standing) {
    const { effect } = entry;
    if (effect?.type === 'severity') {
      severities.push({ since: entry.sortAt, severity: effect.severity });
    }
    if (effect?.type === 'role') {
      if (effect.person === null) holders.delete(effect.role);
      else holders.set(effect.role, effect.person);
    }
    if (effect?.type === 'milestone') reached.add(effect.milestone);
    const next = toStatus(entry);
    if (next) {
      status = next;
      resolvedAt = next === 'resolved' ? entry.occurred.at : null;
    }
  }
  return {
    severity: severities.at(-1)?.severity ?? null,
    severities,
    status,
    declaredAt: findFirst(standing, 'declared')?.occurred.at ?? null,
    clockStart: toClockStart(standing),
    resolvedAt,
    hurt: toHurtSpans(standing),
    holders,
    reached,
  };
}

/** `Incident of 14 Nov, 02:44`: what an untitled incident is called until somebody names it. */
export function toAutomaticTitle(declaredAt: Instant, zone: Zone): string {
  return `Incident of ${toShortDay(declaredAt, zone)}, ${toClock(declaredAt, zone)}`;
}

/** The severity that held at `instant`; before the first one was set, that one. */
export function severityAt(state: IncidentState, instant: Instant): Severity | null {
  const held = state.severities.findLast(({ since }) => since <= instant) ?? state.severities[0];
  return held?.severity ?? null;
}

export function isHurting(state: IncidentState, instant: Instant): boolean {
  return state.hurt.some(({ from, to }) => from <= instant && (to === null || instant < to));
}

function toStatus(entry: Entry): Status | null {
  if (entry.effect?.type === 'status') return entry.effect.status;
  if (entry.effect?.type === 'milestone') return statusOf(entry.effect.milestone);
  return null;
}

/** Since impact started, else detected, else declared; the earliest of each. */
function toClockStart(standing: readonly Entry[]): ClockStart | null {
  for (const from of ['impactStarted', 'detected', 'declared'] as const) {
    const first = findFirst(standing, from);
    if (first) return { at: first.occurred.at, from };
  }
  return null;
}

function findFirst(standing: readonly Entry[], milestone: Milestone): Entry | undefined {
  return standing.find((entry) => toMilestone(entry) === milestone);
}

/**
 * *Impact started* opens a span, *mitigated*, *impact ended* or *resolved* closes it. Without an *impact started*
 * the span opens at *detected*: that is the earliest anybody knows of.
 */
function toHurtSpans(standing: readonly Entry[]): readonly HurtSpan[] {
  const hasStart = standing.some((entry) => toMilestone(entry) === 'impactStarted');
  const opens: Milestone = hasStart ? 'impactStarted' : 'detected';
  const spans: HurtSpan[] = [];
  let from: Instant | null = null;
  for (const entry of standing) {
    const milestone = toMilestone(entry);
    if (milestone === opens && from === null) from = entry.occurred.at;
    const closes =
      milestone === 'mitigated' || milestone === 'impactEnded' || milestone === 'resolved';
    if (closes && from !== null) {
      spans.push({ from, to: entry.occurred.at });
      from = null;
    }
  }
  if (from !== null) spans.push({ from, to: null });
  return spans;
}
