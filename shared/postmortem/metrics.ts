/**
 * Durations between milestones. Every one says from which entry to which it counts; what is not known stays unknown,
 * and an imprecise time gives a range. Mitigating and resolving count from impact started, else from detected.
 */

import type { Entry } from '../domain/entry.ts';
import type { EntryId } from '../domain/id.ts';
import { MILESTONE_WORDS, type Milestone } from '../domain/milestone.ts';
import { SEVERITY_WORDS, type Severity } from '../domain/severity.ts';
import type { Millis } from '../domain/time.ts';
import { isExact, type Moment, type Moments, toBounds } from './moments.ts';

export type MetricId =
  | 'timeToDetect'
  | 'timeToAcknowledge'
  | 'timeToEngage'
  | 'timeToIdentify'
  | 'timeToMitigate'
  | 'timeToMitigateFromDeclared'
  | 'timeToRecover'
  | 'timeToResolve'
  | 'timeToResolveFromDeclared'
  | 'impactDuration'
  | 'timeToFirstUpdate'
  | `timeInSeverity${Severity}`;

export type Length = {
  /** Between the two times as they were written down; null when one of them is a whole day. */
  readonly stated: Millis | null;
  /** Equal when both times are exact. */
  readonly least: Millis;
  readonly most: Millis;
};

export type Metric = {
  readonly id: MetricId;
  readonly name: string;
  /** `Mitigated − Impact started` */
  readonly formula: string;
  /** Null: unknown, and `note` says why. */
  readonly length: Length | null;
  readonly from: EntryId | null;
  readonly to: EntryId | null;
  /** What a reader has to know: what it counts from, what is missing, which others there were. */
  readonly note: string;
  /** Entries of the same milestones that were not counted. */
  readonly others: readonly EntryId[];
};

type Rule = {
  readonly id: MetricId;
  readonly name: string;
  /** The first of these that was logged. */
  readonly from: readonly Milestone[];
  readonly to: Milestone;
};

const RULES: readonly Rule[] = [
  { id: 'timeToDetect', name: 'Time to detect', from: ['impactStarted'], to: 'detected' },
  { id: 'timeToAcknowledge', name: 'Time to acknowledge', from: ['alerted'], to: 'acknowledged' },
  { id: 'timeToEngage', name: 'Time to engage', from: ['detected'], to: 'responseStarted' },
  {
    id: 'timeToIdentify',
    name: 'Time to identify',
    from: ['impactStarted', 'detected'],
    to: 'identified',
  },
  {
    id: 'timeToMitigate',
    name: 'Time to mitigate',
    from: ['impactStarted', 'detected'],
    to: 'mitigated',
  },
  {
    id: 'timeToMitigateFromDeclared',
    name: 'Time to mitigate, from declaration',
    from: ['declared'],
    to: 'mitigated',
  },
  { id: 'timeToRecover', name: 'Time to recover', from: ['mitigated'], to: 'resolved' },
  {
    id: 'timeToResolve',
    name: 'Time to resolve',
    from: ['impactStarted', 'detected'],
    to: 'resolved',
  },
  {
    id: 'timeToResolveFromDeclared',
    name: 'Time to resolve, from declaration',
    from: ['declared'],
    to: 'resolved',
  },
  { id: 'impactDuration', name: 'Impact duration', from: ['impactStarted'], to: 'impactEnded' },
];

/** @param standing in timeline order, without retracted entries */
export function toMetrics(standing: readonly Entry[], moments: Moments): readonly Metric[] {
  return [
    ...RULES.map((rule) => toMetric(rule, moments)),
    toFirstUpdate(standing, moments),
    ...toTimesInSeverity(standing, moments),
  ];
}

export function toLength(from: Entry, to: Entry): Length {
  const [a, b] = [toBounds(from.occurred), toBounds(to.occurred)];
  const isDay = from.occurred.precision === 'day' || to.occurred.precision === 'day';
  return {
    stated: isDay ? null : to.occurred.at - from.occurred.at,
    least: Math.max(0, b.first - a.last),
    most: b.last - a.first,
  };
}

function toMetric({ id, name, from, to }: Rule, moments: Moments): Metric {
  const start = from.find((milestone) => moments.has(milestone));
  const end = moments.get(to);
  const formula = `${MILESTONE_WORDS[to]} − ${MILESTONE_WORDS[start ?? from[0] ?? to]}`;
  const begin = start && moments.get(start);
  if (!start || !begin || !end) {
    const missing = [...(begin ? [] : from.slice(0, 1)), ...(end ? [] : [to])];
    return unknown({ id, name, formula }, `${missing.map(toName).join(' and ')} not logged`);
  }
  const isFallback = start !== from[0];
  return count({ id, name, formula }, begin, end, isFallback ? `from ${toName(start)}` : '');
}

function toFirstUpdate(standing: readonly Entry[], moments: Moments): Metric {
  const id = 'timeToFirstUpdate';
  const name = 'Time to first update';
  const start = moments.has('impactStarted') ? 'impactStarted' : 'detected';
  const begin = moments.get(start);
  const formula = `First communication − ${toName(start)}`;
  if (!begin) return unknown({ id, name, formula }, `${toName('impactStarted')} not logged`);
  const update = standing.find(
    ({ kind, sortAt }) => kind === 'communication' && sortAt >= begin.entry.sortAt,
  );
  if (!update) return unknown({ id, name, formula }, 'no communication logged');
  const note = start === 'detected' ? `from ${toName(start)}` : '';
  return count({ id, name, formula }, begin, { entry: update, others: [] }, note);
}

/** How long each severity held, until the next one was set or it was resolved. */
function toTimesInSeverity(standing: readonly Entry[], moments: Moments): readonly Metric[] {
  const end = moments.get('resolved')?.entry;
  const lengths = new Map<Severity, { length: Length; from: EntryId; to: EntryId }>();
  const changes = standing.filter((entry) => entry.effect?.type === 'severity');
  for (const [index, entry] of changes.entries()) {
    const until = changes[index + 1] ?? end;
    if (entry.effect?.type !== 'severity' || !until || until.sortAt < entry.sortAt) continue;
    const known = lengths.get(entry.effect.severity);
    const length = toLength(entry, until);
    lengths.set(entry.effect.severity, {
      length: known ? add(known.length, length) : length,
      from: known?.from ?? entry.id,
      to: until.id,
    });
  }
  return [...lengths]
    .sort(([a], [b]) => a - b)
    .map(([severity, held]) => ({
      id: `timeInSeverity${severity}` as const,
      name: `Time in ${SEVERITY_WORDS[severity].word}`,
      formula: `Until the next severity, or Resolved − ${SEVERITY_WORDS[severity].word} set`,
      note: '',
      others: [],
      ...held,
    }));
}

function count(
  metric: Pick<Metric, 'id' | 'name' | 'formula'>,
  begin: Moment,
  end: Moment,
  basis: string,
): Metric {
  const length = toLength(begin.entry, end.entry);
  if (length.most < 0) return unknown(metric, 'the end is logged before the start');
  const others = [...begin.others, ...end.others].map(({ id }) => id);
  const notes = [
    basis,
    isExact(begin.entry.occurred) && isExact(end.entry.occurred) ? '' : 'from imprecise times',
    others.length === 0 ? '' : `${others.length} more of the same milestone not counted`,
  ];
  return {
    ...metric,
    length,
    from: begin.entry.id,
    to: end.entry.id,
    note: notes.filter((note) => note !== '').join('; '),
    others,
  };
}

function unknown(metric: Pick<Metric, 'id' | 'name' | 'formula'>, why: string): Metric {
  return { ...metric, length: null, from: null, to: null, note: why, others: [] };
}

function add(a: Length, b: Length): Length {
  return {
    stated: a.stated === null || b.stated === null ? null : a.stated + b.stated,
    least: a.least + b.least,
    most: a.most + b.most,
  };
}

function toName(milestone: Milestone): string {
  return MILESTONE_WORDS[milestone];
}
