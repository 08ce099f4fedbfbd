/**
 * A draft as one Markdown document: front matter, the sections, the timeline as a table, the sources as footnotes.
 * The same draft and prose give the same bytes, on every device and on every runtime.
 */

import { type Entry, toMilestone } from '../domain/entry.ts';
import type { EntryId, PersonId } from '../domain/id.ts';
import { INCIDENT_KIND_WORDS } from '../domain/incident.ts';
import { toKindWord } from '../domain/kind.ts';
import { MILESTONE_WORDS } from '../domain/milestone.ts';
import type { Prose } from '../domain/rewrite.ts';
import { ROLE_WORDS } from '../domain/role.ts';
import {
  type ProseSection,
  SECTION_IDS,
  SECTION_TITLES,
  type SectionId,
} from '../domain/section.ts';
import { SEVERITY_WORDS } from '../domain/severity.ts';
import { STATUS_WORDS } from '../domain/status.ts';
import type { Zone } from '../domain/time.ts';
import { type Draft, GENERATOR } from '../postmortem/draft.ts';
import { findOrphans, isStanding } from '../postmortem/orphans.ts';
import type { Statement } from '../postmortem/statement.ts';
import { escapeLine, tameMarkdown, toYamlText } from './escape-markdown.ts';
import { toClockWords, toDate, toMinuteWords, toTimeCell, toTPlus } from './words.ts';

export type MarkdownOptions = {
  readonly draft: Draft;
  readonly prose: Prose;
  /** Beside UTC, on whose clock times are shown. */
  readonly zone: Zone;
  readonly personName: (person: PersonId) => string;
};

type Context = MarkdownOptions & {
  readonly byId: ReadonlyMap<EntryId, Entry>;
  /** Sources in the order they are first named. */
  readonly cited: Map<EntryId, number>;
  readonly isOneDay: boolean;
};

export function toMarkdown(options: MarkdownOptions): string {
  const { draft, zone } = options;
  const days = new Set(draft.timeline.map(({ occurred }) => toDate(occurred.at, zone)));
  const context: Context = {
    ...options,
    byId: new Map(draft.timeline.map((entry) => [entry.id, entry])),
    cited: new Map(),
    isOneDay: days.size <= 1,
  };
  const body = [
    `# ${toHeading(draft)}`,
    toLead(draft),
    ...SECTION_IDS.flatMap((section) => toSection(section, context)),
  ];
  return `${[toFrontMatter(context), ...body, ...toFootnotes(context)].join('\n\n')}\n`;
}

function toHeading({ number, title }: Draft): string {
  return `${number === null ? '' : `INC-${number}: `}Postmortem: ${escapeLine(title)}`;
}

function toFrontMatter({ draft, zone }: Context): string {
  const { id, number, title, facts, state, participants } = draft;
  const iso = (at: number | null): string => (at === null ? 'null' : new Date(at).toISOString());
  return [
    '---',
    `title: ${toYamlText(title)}`,
    `incident: ${toYamlText(id)}`,
    `number: ${number ?? 'null'}`,
    `kind: ${facts.kind}`,
    `severity: ${state.severity === null ? 'null' : SEVERITY_WORDS[state.severity].word}`,
    `status: ${state.status}`,
    `declared: ${iso(state.declaredAt)}`,
    `resolved: ${iso(state.resolvedAt)}`,
    `zone: ${toYamlText(zone)}`,
    participants.length === 0 ? 'participants: []' : 'participants:',
    ...participants.map(({ name }) => `  - ${toYamlText(name)}`),
    `generator: ${GENERATOR}`,
    '---',
  ].join('\n');
}

function toLead({ facts, state, timeline }: Draft): string {
  const words = [
    state.severity === null ? null : SEVERITY_WORDS[state.severity].word,
    INCIDENT_KIND_WORDS[facts.kind],
    STATUS_WORDS[state.status].word,
    `${timeline.length} ${timeline.length === 1 ? 'line' : 'lines'}`,
  ];
  return `${words.filter((word) => word !== null).join(' · ')}. Draft.`;
}

/** An empty section is left out. */
function toSection(section: SectionId, context: Context): readonly string[] {
  switch (section) {
    case 'timeline':
      return toTimeline(context);
    case 'participants':
      return toParticipants(context.draft);
    case 'metrics':
      return toMetrics(context);
    case 'gaps':
      return toGaps(context);
    default:
      return toProseSection(section, context);
  }
}

/** What is generated, then what people wrote. */
function toProseSection(section: ProseSection, context: Context): readonly string[] {
  const { draft, prose } = context;
  const statements = draft.statements[section].map((statement) => toItem(statement, context));
  const orphans = findOrphans(draft, prose, section).map(
    ({ text, by }) =>
      `- “${escapeLine(text)}” (${escapeLine(context.personName(by))}; the lines this was about have changed)`,
  );
  const items = [...statements, ...orphans];
  const written = tameMarkdown(prose.sections.get(section) ?? '');
  if (items.length === 0 && written === '') return [];
  return [
    `## ${SECTION_TITLES[section]}`,
    ...(items.length > 0 ? [items.join('\n')] : []),
    ...(written === '' ? [] : [written]),
  ];
}

/** The statement, or what somebody wrote in its place; two wordings both show. */
function toItem(statement: Statement, context: Context): string {
  const rewrites = context.prose.rewrites.filter(
    (rewrite) => rewrite.statement === statement.id && isStanding(rewrite),
  );
  const notes = cite(statement.sources, context);
  if (rewrites.length === 0) return `- ${toSentence(statement, context)}${notes}`;
  return rewrites
    .map(({ text, by, sourcesHash }) => {
      const stale =
        sourcesHash === statement.sourcesHash
          ? ''
          : ' (the timeline changed since this was written)';
      const author = rewrites.length > 1 ? ` (${escapeLine(context.personName(by))})` : '';
      return `- “${escapeLine(text)}”${author}${stale}${notes}`;
    })
    .join('\n');
}

function toSentence({ parts }: Statement, { zone, isOneDay }: Context): string {
  return parts
    .map((part) => {
      if (part.type === 'words')
        return escapeLine(part.words) === '' ? part.words : keepEdges(part.words);
      if (part.type === 'quote') return escapeLine(part.text);
      return isOneDay ? toClockWords(part.occurred, zone) : toTimeCell(part.occurred, zone);
    })
    .join('');
}

/** The space around our own words is part of the sentence. */
function keepEdges(words: string): string {
  const [lead = ''] = /^\s*/.exec(words) ?? [];
  const [tail = ''] = /\s*$/.exec(words) ?? [];
  return lead + escapeLine(words) + tail;
}

function cite(sources: readonly EntryId[], { cited }: Context): string {
  return sources
    .map((source) => {
      const number = cited.get(source) ?? cited.size + 1;
      cited.set(source, number);
      return `[^${number}]`;
    })
    .join('');
}

function toTimeline({ draft, zone, personName }: Context): readonly string[] {
  if (draft.timeline.length === 0) return [];
  const hasZone = zone !== 'UTC';
  const start = draft.state.clockStart?.at ?? null;
  const head = ['T+', 'UTC', ...(hasZone ? [escapeLine(zone)] : []), 'Kind', 'Who', 'What'];
  const rows = draft.timeline.map((entry) => [
    toTPlus(entry.occurred, start) ?? '',
    toTimeCell(entry.occurred, 'UTC'),
    ...(hasZone ? [toTimeCell(entry.occurred, zone)] : []),
    toKindWord(entry.kind),
    escapeLine(personName(entry.by)),
    toWhat(entry, personName),
  ]);
  return [`## ${SECTION_TITLES.timeline}`, toTable(head, rows)];
}

function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function toWhat(entry: Entry, personName: (person: PersonId) => string): string {
  const milestone = toMilestone(entry);
  const text = escapeLine(entry.text);
  if (milestone) return `**${MILESTONE_WORDS[milestone]}**${text === '' ? '' : `: ${text}`}`;
  const { effect } = entry;
  const own = effect ? toEffectWords(effect, personName) : '';
  return [own, text].filter((words) => words !== '').join(': ');
}

function toEffectWords(
  effect: NonNullable<Entry['effect']>,
  personName: (person: PersonId) => string,
): string {
  switch (effect.type) {
    case 'milestone':
      return MILESTONE_WORDS[effect.milestone];
    case 'severity':
      return `Severity ${SEVERITY_WORDS[effect.severity].word}`;
    case 'status':
      return `Status ${STATUS_WORDS[effect.status].word}`;
    case 'role': {
      const role = ROLE_WORDS[effect.role].word;
      return effect.person === null
        ? `${role}: nobody`
        : `${role}: ${escapeLine(personName(effect.person))}`;
    }
    case 'service':
      return `Service ${escapeLine(effect.service)}: ${effect.state}`;
  }
}

function toParticipants({ participants }: Draft): readonly string[] {
  if (participants.length === 0) return [];
  const rows = participants.map(({ name, roles, lines }) => [
    escapeLine(name),
    roles.map((role) => ROLE_WORDS[role].word).join(', '),
    String(lines),
  ]);
  return [`## ${SECTION_TITLES.participants}`, toTable(['Name', 'Role', 'Lines'], rows)];
}

/** What is known as a table; of the rest, in one paragraph, why it is not. */
function toMetrics(context: Context): readonly string[] {
  const { metrics } = context.draft;
  const rows = metrics.flatMap(({ name, length, formula, note, from, to }) => {
    if (length === null) return [];
    const sources = cite(
      [from, to].filter((source) => source !== null),
      context,
    );
    return [[name, toMinuteWords(length), formula, note, sources]];
  });
  const unknown = metrics
    .filter(({ length }) => length === null)
    .map(({ name, note }) => `${name} (${note})`);
  return [
    `## ${SECTION_TITLES.metrics}`,
    ...(rows.length > 0 ? [toTable(['Metric', 'Value', 'Formula', 'Note', 'From'], rows)] : []),
    ...(unknown.length > 0 ? [`Not known: ${unknown.join('; ')}.`] : []),
  ];
}

function toGaps(context: Context): readonly string[] {
  const { gaps } = context.draft;
  if (gaps.length === 0) return [];
  return [
    `## ${SECTION_TITLES.gaps}`,
    gaps
      .map(
        ({ words, entry }) =>
          `- ${escapeLine(words)}${cite(entry === null ? [] : [entry], context)}`,
      )
      .join('\n'),
  ];
}

function toFootnotes(context: Context): readonly string[] {
  const { cited, byId, personName } = context;
  if (cited.size === 0) return [];
  const notes = [...cited].flatMap(([id, number]) => {
    const entry = byId.get(id);
    if (!entry) return [];
    const said = `${toTimeCell(entry.occurred, 'UTC')} UTC · ${escapeLine(personName(entry.by))} · ${toKindWord(entry.kind)}`;
    return `[^${number}]: ${said} · ${toWhat(entry, personName)}`;
  });
  return [notes.join('\n')];
}
