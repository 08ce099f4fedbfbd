/** How far a draft is: one check for each part of it. A part with a gap is not done, whatever stands in it. */

import type { Prose } from '../domain/rewrite.ts';
import { isProseSection, type SectionId } from '../domain/section.ts';
import type { Draft } from './draft.ts';
import { isStanding } from './orphans.ts';

export type CheckState = 'done' | 'begun' | 'open';

export type Check = {
  readonly section: SectionId;
  readonly state: CheckState;
  /** What is still to do; empty when it is done. */
  readonly note: string;
};

const CHECKED = [
  'summary',
  'impact',
  'metrics',
  'timeline',
  'detection',
  'response',
  'mitigation',
  'participants',
  'hypotheses',
  'factors',
  'openQuestions',
  'lessons',
] as const satisfies readonly SectionId[];

/** What the timeline cannot say by itself. */
const NEEDS_WORDS: ReadonlySet<SectionId> = new Set(['summary', 'factors', 'lessons']);

/** Nothing in them is good news. */
const MAY_BE_EMPTY: ReadonlySet<SectionId> = new Set(['hypotheses', 'openQuestions']);

export function toChecks(draft: Draft, prose: Prose): readonly Check[] {
  return CHECKED.map((section) => toCheck(section, draft, prose));
}

/** Done counts whole, begun counts half. @returns 0–100 */
export function toPercent(checks: readonly Check[]): number {
  const worth = { done: 1, begun: 0.5, open: 0 } as const;
  const sum = checks.reduce((total, { state }) => total + worth[state], 0);
  return Math.round((sum / Math.max(1, checks.length)) * 100);
}

function toCheck(section: SectionId, draft: Draft, prose: Prose): Check {
  const gaps = draft.gaps.filter((gap) => gap.section === section).length;
  const isWritten = hasWords(section, prose);
  const isEmpty = !isWritten && !hasFacts(section, draft);
  if (gaps > 0)
    return {
      section,
      state: isEmpty ? 'open' : 'begun',
      note: gaps === 1 ? '1 gap' : `${gaps} gaps`,
    };
  if (NEEDS_WORDS.has(section) && !isWritten)
    return { section, state: isEmpty ? 'open' : 'begun', note: 'to write' };
  if (isEmpty && !MAY_BE_EMPTY.has(section)) return { section, state: 'open', note: 'empty' };
  return { section, state: 'done', note: '' };
}

function hasFacts(section: SectionId, draft: Draft): boolean {
  if (isProseSection(section)) return draft.statements[section].length > 0;
  if (section === 'metrics') return draft.metrics.some(({ length }) => length !== null);
  return draft.timeline.length > 0;
}

/** Somebody's own words, below the statements or in place of one. */
function hasWords(section: SectionId, { sections, rewrites }: Prose): boolean {
  if (!isProseSection(section)) return false;
  if ((sections.get(section) ?? '').trim() !== '') return true;
  return rewrites.some(
    (rewrite) => isStanding(rewrite) && rewrite.statement.startsWith(`${section}.`),
  );
}
