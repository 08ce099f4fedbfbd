/** The sections of a postmortem, in the order they are read. */

export const SECTION_IDS = [
  'summary',
  'impact',
  'timeline',
  'detection',
  'response',
  'mitigation',
  'factors',
  'hypotheses',
  'openQuestions',
  'lessons',
  'participants',
  'metrics',
  'gaps',
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

/** What people write is stored here; the other sections are computed alone. */
export const PROSE_SECTIONS = [
  'summary',
  'impact',
  'detection',
  'response',
  'mitigation',
  'factors',
  'hypotheses',
  'openQuestions',
  'lessons',
] as const satisfies readonly SectionId[];
export type ProseSection = (typeof PROSE_SECTIONS)[number];

export const SECTION_TITLES: Readonly<Record<SectionId, string>> = {
  summary: 'Summary',
  impact: 'Impact',
  timeline: 'Timeline',
  detection: 'Detection',
  response: 'Response and decisions',
  mitigation: 'Mitigation and recovery',
  factors: 'Contributing factors',
  hypotheses: 'Hypotheses',
  openQuestions: 'Open questions',
  lessons: 'Lessons and commitments',
  participants: 'Participants',
  metrics: 'Metrics',
  gaps: 'Gaps',
};

export function isProseSection(value: unknown): value is ProseSection {
  return PROSE_SECTIONS.some((section) => section === value);
}
