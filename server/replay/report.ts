/** What a replay tells: the draft as Markdown, or the same facts for a program. */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import { toMilestone } from '../../shared/domain/entry.ts';
import { MILESTONE_WORDS } from '../../shared/domain/milestone.ts';
import { SOMEBODY } from '../../shared/domain/summary.ts';
import { toMarkdown } from '../../shared/export/markdown.ts';
import { toMinutes, toTPlus } from '../../shared/export/words.ts';
import { createDrafter, type Draft } from '../../shared/postmortem/draft.ts';
import type { MetricId } from '../../shared/postmortem/metrics.ts';

/** Never on a server, so there is no id to show. */
const ID = 'replayed';

export function toDraft({ read }: IncidentDoc): Draft {
  const personName = toPersonName(read);
  return createDrafter()({
    id: ID,
    number: null,
    title: read.facts().title ?? '',
    facts: read.facts(),
    state: read.state(),
    timeline: read.timeline(),
    personName,
  });
}

export function toReplayMarkdown(doc: IncidentDoc): string {
  return toMarkdown({
    draft: toDraft(doc),
    prose: doc.read.prose(),
    zone: doc.read.facts().homeZone,
    personName: toPersonName(doc.read),
  });
}

export type ReplayMetric = {
  readonly minutes: number;
  /** Only where a time is not exact. */
  readonly range?: { readonly least: number; readonly most: number };
  /** The words of the two lines. */
  readonly from: string;
  readonly to: string;
  readonly basis: string;
};

/** `tPlus` beside each line of `order`; null where the line is known only by its day. */
export type Replay = {
  readonly order: readonly string[];
  readonly tPlus: readonly (string | null)[];
  readonly metrics: Readonly<Record<string, ReplayMetric | null>>;
  readonly gaps: readonly string[];
};

const METRICS = {
  timeToDetectMin: 'timeToDetect',
  timeToMitigateMin: 'timeToMitigate',
  timeToResolveMin: 'timeToResolve',
  impactDurationMin: 'impactDuration',
} as const satisfies Record<string, MetricId>;

export function toReplay(doc: IncidentDoc): Replay {
  const draft = toDraft(doc);
  const start = draft.state.clockStart?.at ?? null;
  return {
    order: draft.timeline.map(toWords),
    tPlus: draft.timeline.map(({ occurred }) => toTPlus(occurred, start)),
    metrics: Object.fromEntries(
      Object.entries(METRICS).map(([name, id]) => [name, toMetric(draft, id)]),
    ),
    gaps: draft.gaps.map(({ words }) => words),
  };
}

function toMetric({ metrics, timeline }: Draft, id: MetricId): ReplayMetric | null {
  const metric = metrics.find((one) => one.id === id);
  const from = timeline.find((entry) => entry.id === metric?.from);
  const to = timeline.find((entry) => entry.id === metric?.to);
  if (!metric?.length || metric.length.stated === null || !from || !to) return null;
  const { stated, least, most } = metric.length;
  return {
    minutes: toMinutes(stated),
    ...(least !== most && { range: { least: toMinutes(least), most: toMinutes(most) } }),
    from: toWords(from),
    to: toWords(to),
    basis: metric.note === '' ? metric.formula : `${metric.formula}; ${metric.note}`,
  };
}

function toWords(entry: Draft['timeline'][number]): string {
  const milestone = toMilestone(entry);
  if (entry.text !== '') return entry.text;
  return milestone ? MILESTONE_WORDS[milestone] : entry.kindName;
}

function toPersonName(read: IncidentDoc['read']) {
  return (person: string): string => read.personName(person) ?? SOMEBODY;
}
