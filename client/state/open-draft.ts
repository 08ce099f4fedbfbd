/** The draft of an open incident as signals: a change of one line wakes what is made from that line. */

import { type Accessor, batch, createComputed, createMemo, on } from 'solid-js';
import type { EntryId, IncidentId } from '../../shared/domain/id.ts';
import type { Prose, Rewrite, StatementId } from '../../shared/domain/rewrite.ts';
import { PROSE_SECTIONS, type ProseSection, type SectionId } from '../../shared/domain/section.ts';
import { SOMEBODY } from '../../shared/domain/summary.ts';
import { type Check, toChecks, toPercent } from '../../shared/postmortem/completeness.ts';
import { createDrafter, type Draft } from '../../shared/postmortem/draft.ts';
import type { Gap } from '../../shared/postmortem/gaps.ts';
import type { Statement } from '../../shared/postmortem/statement.ts';
import type { IncidentView } from './incident-view.ts';
import { createKeyedSignals } from './keyed-signals.ts';

export type OpenDraft = {
  readonly draft: Accessor<Draft>;
  readonly gaps: Accessor<readonly Gap[]>;
  /** The gap a statement is about: an open question, an untested hypothesis. */
  gapOf(id: StatementId): Gap | undefined;
  /** Those of a section that are about no statement in it. */
  looseGaps(section: SectionId): readonly Gap[];
  readonly checks: Accessor<readonly Check[]>;
  /** 0–100 */
  readonly percent: Accessor<number>;
  /** Entries some statement or figure names. */
  readonly cited: Accessor<ReadonlySet<EntryId>>;
  readonly prose: Accessor<Prose>;
  /** The generated statements of a section, in order. */
  statementIds(section: ProseSection): readonly StatementId[];
  statement(id: StatementId): Statement | undefined;
  /** Everybody's wordings of a statement, the taken back ones too, the oldest first. */
  rewrites(id: StatementId): readonly Rewrite[];
};

export function createOpenDraft(
  view: IncidentView,
  incident: { readonly id: IncidentId; readonly number: Accessor<number | null> },
): OpenDraft {
  const makeDraft = createDrafter();
  const draft = createMemo(() =>
    makeDraft({
      id: incident.id,
      number: incident.number(),
      title: view.title(),
      facts: view.facts(),
      state: view.state(),
      timeline: view.timeline(),
      personName: (person) => view.personName(person) ?? SOMEBODY,
    }),
  );

  let statements = new Map<StatementId, Statement>();
  const byId = createKeyedSignals((id: StatementId) => statements.get(id));
  createComputed(
    on(draft, (made) => {
      const before = statements;
      statements = new Map(
        PROSE_SECTIONS.flatMap((section) => made.statements[section]).map((one) => [one.id, one]),
      );
      const ids = new Set([...before.keys(), ...statements.keys()]);
      batch(() => byId.touch([...ids].filter((id) => before.get(id) !== statements.get(id))));
    }),
  );
  const ids = createMemo<ReadonlyMap<ProseSection, readonly StatementId[]>>(
    (before) => listIds(draft(), before),
    new Map(),
  );
  const rewritesBy = createMemo(() => {
    const byStatement = new Map<StatementId, Rewrite[]>();
    for (const rewrite of view.prose().rewrites) {
      const known = byStatement.get(rewrite.statement);
      if (known) known.push(rewrite);
      else byStatement.set(rewrite.statement, [rewrite]);
    }
    return byStatement;
  });
  const checks = createMemo(() => toChecks(draft(), view.prose()));
  const gaps = createMemo(() => draft().gaps);
  const gapByStatement = createMemo(() => new Map(gaps().map((gap) => [toStatementId(gap), gap])));
  const loose = createMemo(() => {
    const made = new Set(Object.values(draft().statements).flatMap((list) => list.map(toId)));
    return gaps().filter((gap) => !made.has(toStatementId(gap)));
  });
  const percent = createMemo(() => toPercent(checks()));
  const cited = createMemo(() => toCited(draft()));

  return {
    draft,
    gaps,
    gapOf: (id) => gapByStatement().get(id),
    looseGaps: (section) => loose().filter((gap) => gap.section === section),
    checks,
    percent,
    cited,
    prose: view.prose,
    statementIds: (section) => ids().get(section) ?? [],
    statement: byId.read,
    rewrites: (id) => rewritesBy().get(id) ?? [],
  };
}

/** The statement a gap would be about, if the draft makes one of its line. */
function toStatementId({ section, entry }: Gap): StatementId {
  return `${section}.line.${entry ?? ''}`;
}

function toId({ id }: Statement): StatementId {
  return id;
}

/** The same lists as before where nothing came or went. */
function listIds(
  { statements }: Draft,
  before: ReadonlyMap<ProseSection, readonly StatementId[]>,
): ReadonlyMap<ProseSection, readonly StatementId[]> {
  return new Map(
    PROSE_SECTIONS.map((section) => {
      const known = before.get(section) ?? [];
      const ids = statements[section].map(({ id }) => id);
      return [section, isSameList(known, ids) ? known : ids];
    }),
  );
}

function toCited({ statements, metrics }: Draft): ReadonlySet<EntryId> {
  const cited = new Set<EntryId>();
  for (const section of PROSE_SECTIONS) {
    for (const { sources } of statements[section]) for (const source of sources) cited.add(source);
  }
  for (const { from, to } of metrics) {
    if (from !== null) cited.add(from);
    if (to !== null) cited.add(to);
  }
  return cited;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
