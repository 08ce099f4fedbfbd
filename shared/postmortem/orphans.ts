/** Wordings of statements the timeline no longer makes. They are still somebody's words, so they still show. */

import type { Prose, Rewrite } from '../domain/rewrite.ts';
import type { ProseSection } from '../domain/section.ts';
import type { Draft } from './draft.ts';

export function isStanding({ isRetracted, text }: Rewrite): boolean {
  return !isRetracted && text.trim() !== '';
}

export function findOrphans(
  { statements }: Pick<Draft, 'statements'>,
  { rewrites }: Prose,
  section: ProseSection,
): readonly Rewrite[] {
  const mine = rewrites.filter(
    (rewrite) => isStanding(rewrite) && rewrite.statement.startsWith(`${section}.`),
  );
  if (mine.length === 0) return [];
  const made = new Set(statements[section].map(({ id }) => id));
  return mine.filter(({ statement }) => !made.has(statement));
}
