/** The generated sentences of every section, from the timeline alone. What a section does not know it does not say. */

import { type Entry, isHypothesis, toMilestone } from '../domain/entry.ts';
import { MILESTONE_WORDS, type Milestone } from '../domain/milestone.ts';
import { isSettled, OUTCOME_WORDS } from '../domain/outcome.ts';
import { SEVERITY_WORDS } from '../domain/severity.ts';
import { toLengthWords } from '../domain/time-words.ts';
import type { Length } from './metrics.ts';
import { toLength } from './metrics.ts';
import { isExact, type Moment, type Moments } from './moments.ts';
import { type Part, quote, type Statement, toStatement, when } from './statement.ts';

type Parts = readonly (Part | string)[];

/** How it went, one sentence a milestone. */
export function toSummary(standing: readonly Entry[], moments: Moments): readonly Statement[] {
  const story: readonly Milestone[] = ['impactStarted', 'detected', 'mitigated', 'resolved'];
  const course = [...moments]
    .filter(([milestone]) => story.includes(milestone))
    .sort(([, a], [, b]) => a.entry.sortAt - b.entry.sortAt)
    .map(([milestone, { entry }]) =>
      toStatement({
        section: 'summary',
        rule: 'course',
        about: milestone,
        parts: [MILESTONE_WORDS[milestone], ' ', when(entry), ...said(entry), '.'],
        sources: [entry],
      }),
    );
  return [...toWorstSeverity(standing), ...course];
}

function toWorstSeverity(standing: readonly Entry[]): readonly Statement[] {
  let worst: { readonly entry: Entry; readonly level: 1 | 2 | 3 | 4 } | null = null;
  for (const entry of standing) {
    if (entry.effect?.type !== 'severity') continue;
    const level = entry.effect.severity;
    if (!worst || level < worst.level) worst = { entry, level };
  }
  if (!worst) return [];
  const { word, meaning } = SEVERITY_WORDS[worst.level];
  return [
    toStatement({
      section: 'summary',
      rule: 'severity',
      about: 'worst',
      parts: [`At worst it was ${word}: ${meaning.toLowerCase()}.`],
      sources: [worst.entry],
    }),
  ];
}

export function toImpact(standing: readonly Entry[], moments: Moments): readonly Statement[] {
  const [start, end] = [moments.get('impactStarted'), moments.get('impactEnded')];
  const duration = start && end && spanBetween(start, end);
  return [
    ...(duration
      ? [
          toStatement({
            section: 'impact',
            rule: 'duration',
            about: 'impactEnded',
            parts: [
              `Impact lasted ${duration}, from `,
              when(start.entry),
              ' to ',
              when(end.entry),
              '.',
            ],
            sources: [start.entry, end.entry],
          }),
        ]
      : []),
    ...standing.filter(({ kind }) => kind === 'impact').map((entry) => line('impact', entry)),
  ];
}

export function toDetection(standing: readonly Entry[], moments: Moments): readonly Statement[] {
  const detected = moments.get('detected');
  const alert = standing.find(
    (entry) => entry.kind === 'alert' || toMilestone(entry) === 'alerted',
  );
  const statements: Statement[] = [];
  if (detected) {
    const start = moments.get('impactStarted');
    const lag = start && spanBetween(start, detected);
    const after: Parts = lag ? [`, ${lag} after impact started`] : [];
    statements.push(
      toStatement({
        section: 'detection',
        rule: 'when',
        about: 'detected',
        parts: ['Detected ', when(detected.entry), ...after, ...said(detected.entry), '.'],
        sources: start && lag ? [detected.entry, start.entry] : [detected.entry],
      }),
    );
    if (!alert || alert.sortAt > detected.entry.sortAt) {
      statements.push(
        toStatement({
          section: 'detection',
          rule: 'unalerted',
          about: 'detected',
          parts: ['No alert is logged up to then.'],
          sources: [detected.entry],
        }),
      );
    }
  }
  if (alert) {
    statements.push(
      toStatement({
        section: 'detection',
        rule: 'firstAlert',
        parts: ['The first alert came ', when(alert), ...said(alert), '.'],
        sources: [alert],
      }),
    );
  }
  return statements;
}

/** What was done and changed before anybody was hurt. Whether it has to do with it, people say. */
export function toFactors(standing: readonly Entry[], moments: Moments): readonly Statement[] {
  const start = moments.get('impactStarted')?.entry.sortAt;
  if (start === undefined) return [];
  return standing
    .filter((entry) => isDeed(entry) && entry.sortAt < start)
    .map((entry) =>
      toStatement({
        section: 'factors',
        rule: 'before',
        parts: ['Before the impact, ', when(entry), ': ', quote(entry)],
        sources: [entry],
      }),
    );
}

/** Who took the lead, what was decided, what was done until it was mitigated. */
export function toResponse(standing: readonly Entry[], moments: Moments): readonly Statement[] {
  const start = moments.get('impactStarted')?.entry.sortAt ?? Number.NEGATIVE_INFINITY;
  const end = moments.get('mitigated')?.entry.sortAt ?? Number.POSITIVE_INFINITY;
  const steps: readonly Milestone[] = ['acknowledged', 'declared', 'responseStarted', 'identified'];
  return standing
    .filter((entry) => {
      const milestone = toMilestone(entry);
      if (milestone) return steps.includes(milestone);
      if (entry.kind === 'decision') return true;
      return isDeed(entry) && entry.sortAt >= start && entry.sortAt < end;
    })
    .map((entry) => line('response', entry));
}

export function toMitigation(standing: readonly Entry[], moments: Moments): readonly Statement[] {
  const mitigated = moments.get('mitigated')?.entry;
  const steps: readonly Milestone[] = ['mitigated', 'impactEnded', 'resolved'];
  return standing
    .filter((entry) => {
      const milestone = toMilestone(entry);
      if (milestone) return steps.includes(milestone);
      return mitigated !== undefined && isDeed(entry) && entry.sortAt >= mitigated.sortAt;
    })
    .map((entry) => line('mitigation', entry));
}

export function toHypotheses(standing: readonly Entry[]): readonly Statement[] {
  return standing.filter(isHypothesis).map((entry) =>
    toStatement({
      section: 'hypotheses',
      rule: 'line',
      parts: [`${toOutcomeWord(entry)}: `, quote(entry)],
      sources: [entry],
    }),
  );
}

function toOutcomeWord({ claim, outcome }: Entry): string {
  if (isSettled(outcome)) return OUTCOME_WORDS[outcome];
  if (claim !== 'hypothesis') return 'Became a fact';
  return outcome === 'testing' ? 'Being tested' : 'No outcome yet';
}

export function toOpenQuestions(standing: readonly Entry[]): readonly Statement[] {
  return standing
    .filter(({ claim }) => claim === 'question')
    .map((entry) => line('openQuestions', entry));
}

/** What somebody said will be done. A decision commits too, but to what is done at once: it stands with the response. */
export function toCommitments(standing: readonly Entry[]): readonly Statement[] {
  return standing
    .filter(({ kind, claim }) => claim === 'commitment' && kind !== 'decision')
    .map((entry) => line('lessons', entry));
}

function isDeed({ kind }: Entry): boolean {
  return kind === 'action' || kind === 'change';
}

const lines = new WeakMap<Entry, Map<Statement['section'], Statement>>();

/** A line as it was logged. Made once for each entry: of ten thousand only the one that changed is made anew. */
function line(section: Statement['section'], entry: Entry): Statement {
  const known = lines.get(entry) ?? new Map<Statement['section'], Statement>();
  lines.set(entry, known);
  const made = known.get(section) ?? toStatement({ section, ...toLine(entry) });
  known.set(section, made);
  return made;
}

function toLine(entry: Entry) {
  const milestone = toMilestone(entry);
  const parts: Parts = milestone
    ? [when(entry), ` ${MILESTONE_WORDS[milestone]}`, ...said(entry), '.']
    : [when(entry), entry.kind === 'decision' ? ' Decided: ' : ' ', quote(entry)];
  return { rule: 'line', parts, sources: [entry] } as const;
}

function said(entry: Entry): Parts {
  return entry.text.trim() === '' ? [] : [': ', quote(entry)];
}

/** `27 min`, `22 to 32 min`; null when the end comes before the start. */
function spanBetween(from: Moment, to: Moment): string | null {
  const length = toLength(from.entry, to.entry);
  if (length.most < 0) return null;
  return isExact(from.entry.occurred) && isExact(to.entry.occurred)
    ? toLengthWords(length.most)
    : toLengthRange(length);
}

export function toLengthRange({ least, most }: Pick<Length, 'least' | 'most'>): string {
  return least === most ? toLengthWords(most) : `${toLengthWords(least)} to ${toLengthWords(most)}`;
}
