/**
 * The postmortem draft: computed from the timeline, never stored. Whoever keeps a drafter gets the same objects for
 * everything a change did not touch, so that one line among ten thousand costs one line on the screen too.
 */

import type { Entry } from '../domain/entry.ts';
import type { EntryId, IncidentId, PersonId } from '../domain/id.ts';
import type { IncidentFacts, IncidentState } from '../domain/incident.ts';
import { ROLES, type Role } from '../domain/role.ts';
import { PROSE_SECTIONS, type ProseSection } from '../domain/section.ts';
import { findGaps, type Gap } from './gaps.ts';
import { type Metric, toMetrics } from './metrics.ts';
import { findMoments } from './moments.ts';
import {
  toCommitments,
  toDetection,
  toFactors,
  toHypotheses,
  toImpact,
  toMitigation,
  toOpenQuestions,
  toResponse,
  toSummary,
} from './sections.ts';
import type { Statement } from './statement.ts';

/** Written into every export, so that a reader knows which rules made it. */
export const GENERATOR = 'logline 1';

export type DraftSource = {
  readonly id: IncidentId;
  /** Null until the server gave one. */
  readonly number: number | null;
  readonly title: string;
  readonly facts: IncidentFacts;
  readonly state: IncidentState;
  /** In timeline order; retracted entries are left out of the draft. */
  readonly timeline: readonly Entry[];
  readonly personName: (person: PersonId) => string;
};

export type Participant = {
  readonly id: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly lines: number;
  /** Their first line. */
  readonly source: EntryId;
};

export type Draft = Omit<DraftSource, 'timeline' | 'personName'> & {
  /** Every entry that is not retracted, in timeline order. */
  readonly timeline: readonly Entry[];
  readonly statements: Readonly<Record<ProseSection, readonly Statement[]>>;
  readonly metrics: readonly Metric[];
  readonly gaps: readonly Gap[];
  readonly participants: readonly Participant[];
};

export type Drafter = (source: DraftSource) => Draft;

export function createDrafter(): Drafter {
  const statements = new Map(PROSE_SECTIONS.map((id) => [id, createMemory<Statement>()]));
  const metrics = createMemory<Metric>();
  const gaps = createMemory<Gap>();
  const people = createMemory<Participant>();

  return (source) => {
    const standing = source.timeline.filter((entry) => !entry.retracted);
    const moments = findMoments(standing);
    const made: Record<ProseSection, readonly Statement[]> = {
      summary: toSummary(standing, moments),
      impact: toImpact(standing, moments),
      detection: toDetection(standing, moments),
      response: toResponse(standing, moments),
      mitigation: toMitigation(standing, moments),
      factors: toFactors(standing, moments),
      hypotheses: toHypotheses(standing),
      openQuestions: toOpenQuestions(standing),
      lessons: toCommitments(standing),
    };
    for (const [section, keep] of statements) made[section] = keep(made[section]);
    const { id, number, title, facts, state } = source;
    return {
      ...{ id, number, title, facts, state },
      timeline: standing,
      statements: made,
      metrics: metrics(toMetrics(standing, moments)),
      gaps: gaps(findGaps(standing, moments, state)),
      participants: people(toParticipants(standing, source)),
    };
  };
}

/** Gives back the objects of the last time where nothing in them differs, and the whole list where no object does. */
function createMemory<T extends { readonly id: string }>(): (list: readonly T[]) => readonly T[] {
  let byId = new Map<string, T>();
  let last: readonly T[] = [];
  return (list) => {
    const kept = list.map((item) => {
      const before = byId.get(item.id);
      if (before === item || !before) return item;
      return JSON.stringify(before) === JSON.stringify(item) ? before : item;
    });
    if (kept.length === last.length && kept.every((item, index) => item === last[index]))
      return last;
    byId = new Map(kept.map((item) => [item.id, item]));
    last = kept;
    return kept;
  };
}

/** Everybody who wrote or held a role, in the order they came. */
function toParticipants(
  standing: readonly Entry[],
  { state, personName }: DraftSource,
): readonly Participant[] {
  const people = new Map<PersonId, { source: EntryId; lines: number }>();
  for (const { id, by, effect } of standing) {
    const known = people.get(by);
    if (known) known.lines += 1;
    else people.set(by, { source: id, lines: 1 });
    if (effect?.type === 'role' && effect.person !== null && !people.has(effect.person)) {
      people.set(effect.person, { source: id, lines: 0 });
    }
  }
  return [...people].map(([person, { source, lines }]) => ({
    id: person,
    name: personName(person),
    roles: ROLES.filter((role) => state.holders.get(role) === person),
    lines,
    source,
  }));
}
