/** The milestone entries metrics are read from: which one counts, and how exactly its time is known. */

import { type Entry, toMilestone } from '../domain/entry.ts';
import { MILESTONES, type Milestone } from '../domain/milestone.ts';
import type { Occurred } from '../domain/occurred.ts';
import { DAY, endOfDay, type Instant, MINUTE } from '../domain/time.ts';

/** Several of these: the latest counts. Of every other milestone the earliest does. */
const LATEST: ReadonlySet<Milestone> = new Set(['mitigated', 'impactEnded', 'resolved']);

export type Moment = {
  readonly entry: Entry;
  /** Entries of the same milestone that do not count. */
  readonly others: readonly Entry[];
};

export type Moments = ReadonlyMap<Milestone, Moment>;

/** @param standing in timeline order, without retracted entries */
export function findMoments(standing: readonly Entry[]): Moments {
  const found = new Map<Milestone, Entry[]>();
  for (const entry of standing) {
    const milestone = toMilestone(entry);
    if (milestone === null) continue;
    const same = found.get(milestone);
    if (same) same.push(entry);
    else found.set(milestone, [entry]);
  }
  const moments = new Map<Milestone, Moment>();
  for (const milestone of MILESTONES) {
    const same = found.get(milestone) ?? [];
    const entry = LATEST.has(milestone) ? same.at(-1) : same[0];
    if (entry) moments.set(milestone, { entry, others: same.filter((other) => other !== entry) });
  }
  return moments;
}

/** The first and the last instant it may have been. */
export function toBounds(occurred: Occurred): { readonly first: Instant; readonly last: Instant } {
  const { at, until, zone } = occurred;
  switch (occurred.precision) {
    case 'second':
    case 'minute':
      return { first: at, last: at };
    case 'fiveMinutes':
      return { first: at - 5 * MINUTE, last: at + 5 * MINUTE };
    case 'quarterHour':
      return { first: at - 15 * MINUTE, last: at + 15 * MINUTE };
    case 'range':
      return { first: at, last: until ?? at };
    case 'day':
      return { first: endOfDay(at - DAY, zone) + 1, last: endOfDay(at, zone) };
  }
}

export function isExact({ precision }: Occurred): boolean {
  return precision === 'second' || precision === 'minute';
}
