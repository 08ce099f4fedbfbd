/** What a reader of the draft would miss: each gap names what is missing and where to mend it. */

import type { Entry } from '../domain/entry.ts';
import { toHeadline } from '../domain/entry-text.ts';
import type { EntryId } from '../domain/id.ts';
import type { IncidentState } from '../domain/incident.ts';
import { MILESTONE_WORDS, type Milestone } from '../domain/milestone.ts';
import { isSettled } from '../domain/outcome.ts';
import type { SectionId } from '../domain/section.ts';
import { type Instant, MINUTE } from '../domain/time.ts';
import { toLengthWords } from '../domain/time-words.ts';
import { isExact, type Moments, toBounds } from './moments.ts';

export type GapType =
  | 'silence'
  | 'missingMilestone'
  | 'milestoneOrder'
  | 'impreciseMilestone'
  | 'openQuestion'
  | 'hypothesisWithoutOutcome'
  | 'noOwner';

export type Gap = {
  /** Type, and the entry or milestone it is about: the same as long as the gap is the same. */
  readonly id: string;
  readonly type: GapType;
  /** In a word or two: `Impact ended`, `32 silent min`. */
  readonly name: string;
  readonly words: string;
  readonly section: SectionId;
  /** The line to go to; null where there is none yet. */
  readonly entry: EntryId | null;
  readonly mend: Mend;
};

/** What closes a gap. */
export type Mend =
  /** `at`: about when it happened; null when nobody can tell. */
  | { readonly type: 'addLine'; readonly at: Instant | null; readonly milestone: Milestone | null }
  | { readonly type: 'editLine'; readonly entry: EntryId }
  | { readonly type: 'nameOwner' };

/** This long without a line, between detected and mitigated, is a gap. */
export const SILENCE = 20 * MINUTE;

/** Those the metrics cannot do without. */
const NEEDED: readonly Milestone[] = [
  'impactStarted',
  'detected',
  'mitigated',
  'impactEnded',
  'resolved',
];

/** Each of these comes no later than the next. */
const USUAL_ORDER: readonly Milestone[] = ['impactStarted', 'detected', 'mitigated', 'resolved'];

/** @param standing in timeline order, without retracted entries */
export function findGaps(
  standing: readonly Entry[],
  moments: Moments,
  state: Pick<IncidentState, 'holders'>,
): readonly Gap[] {
  return [
    ...findMissing(standing, moments),
    ...findDisorder(moments),
    ...findImprecise(moments),
    ...findSilences(standing, moments),
    ...findOpen(standing),
    ...(state.holders.has('incidentCommander') ? [] : [NO_OWNER]),
  ];
}

const NO_OWNER: Gap = {
  id: 'noOwner',
  type: 'noOwner',
  name: 'incident commander',
  words: 'Nobody is named as incident commander',
  section: 'participants',
  entry: null,
  mend: { type: 'nameOwner' },
};

/** Reached near the start; the others near the end. */
const EARLY: ReadonlySet<Milestone> = new Set(['impactStarted', 'detected']);

function findMissing(standing: readonly Entry[], moments: Moments): readonly Gap[] {
  const timed = standing.filter(({ occurred }) => occurred.precision !== 'day');
  return NEEDED.filter((milestone) => !moments.has(milestone)).map((milestone) => ({
    id: `missingMilestone.${milestone}`,
    type: 'missingMilestone',
    name: MILESTONE_WORDS[milestone],
    words: `“${MILESTONE_WORDS[milestone]}” is not logged`,
    section: 'metrics',
    entry: null,
    mend: {
      type: 'addLine',
      at: (EARLY.has(milestone) ? timed[0] : timed.at(-1))?.occurred.at ?? null,
      milestone,
    },
  }));
}

function findDisorder(moments: Moments): readonly Gap[] {
  const gaps: Gap[] = [];
  const logged = USUAL_ORDER.filter((milestone) => moments.has(milestone));
  for (const [index, later] of logged.entries()) {
    const earlier = logged[index - 1];
    const [a, b] = [earlier && moments.get(earlier)?.entry, moments.get(later)?.entry];
    if (!earlier || !a || !b || toBounds(b.occurred).last >= toBounds(a.occurred).first) continue;
    gaps.push({
      id: `milestoneOrder.${later}`,
      type: 'milestoneOrder',
      name: `${MILESTONE_WORDS[later]} is too early`,
      words: `“${MILESTONE_WORDS[later]}” is logged before “${MILESTONE_WORDS[earlier]}”`,
      section: 'metrics',
      entry: b.id,
      mend: { type: 'editLine', entry: b.id },
    });
  }
  return gaps;
}

function findImprecise(moments: Moments): readonly Gap[] {
  return [...moments]
    .filter(([, { entry }]) => !isExact(entry.occurred))
    .map(([milestone, { entry }]) => ({
      id: `impreciseMilestone.${milestone}`,
      type: 'impreciseMilestone',
      name: `exact time of ${MILESTONE_WORDS[milestone]}`,
      words: `The time of “${MILESTONE_WORDS[milestone]}” is not exact`,
      section: 'metrics',
      entry: entry.id,
      mend: { type: 'editLine', entry: entry.id },
    }));
}

/** Lines known only by their day break no silence: nobody knows when they were. A range breaks it all along. */
function findSilences(standing: readonly Entry[], moments: Moments): readonly Gap[] {
  const from = moments.get('detected')?.entry;
  const to = moments.get('mitigated')?.entry;
  if (!from || !to) return [];
  const gaps: Gap[] = [];
  let last: Entry = from;
  let heardUntil: Instant = toEnd(from);
  for (const entry of standing) {
    if (entry.occurred.precision === 'day' || entry.sortAt < from.sortAt) continue;
    if (entry.sortAt > to.sortAt) break;
    const silence = entry.sortAt - heardUntil;
    if (silence >= SILENCE) {
      gaps.push({
        id: `silence.${last.id}`,
        type: 'silence',
        name: `${toLengthWords(silence)} of silence`,
        words: `${toLengthWords(silence)} without a line between detected and mitigated`,
        section: 'timeline',
        entry: last.id,
        mend: { type: 'addLine', at: heardUntil + silence / 2, milestone: null },
      });
    }
    if (toEnd(entry) >= heardUntil) {
      heardUntil = toEnd(entry);
      last = entry;
    }
  }
  return gaps;
}

function toEnd({ occurred }: Entry): Instant {
  return occurred.precision === 'range' ? (occurred.until ?? occurred.at) : occurred.at;
}

function findOpen(standing: readonly Entry[]): readonly Gap[] {
  const gaps: Gap[] = [];
  for (const { id, kind, claim, outcome, text } of standing) {
    if (claim === 'question') {
      const words = `Open question: ${toHeadline(text)}`;
      gaps.push({
        id: `openQuestion.${id}`,
        type: 'openQuestion',
        name: 'open question',
        words,
        section: 'openQuestions',
        entry: id,
        mend: { type: 'editLine', entry: id },
      });
    } else if (kind === 'hypothesis' && claim === 'hypothesis' && !isSettled(outcome)) {
      gaps.push({
        id: `hypothesisWithoutOutcome.${id}`,
        type: 'hypothesisWithoutOutcome',
        name: 'untested hypothesis',
        words: `Hypothesis without an outcome: ${toHeadline(text)}`,
        section: 'hypotheses',
        entry: id,
        mend: { type: 'editLine', entry: id },
      });
    }
  }
  return gaps;
}
