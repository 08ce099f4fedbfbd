/**
 * The moments metrics are read from. They are ordinary entries; nothing stores a second copy of their times.
 * *Mitigated* is "impact stopped by what we did"; *resolved* is "normal operation".
 */

export const MILESTONES = [
  'impactStarted',
  'detected',
  'alerted',
  'acknowledged',
  'declared',
  'responseStarted',
  'identified',
  'mitigated',
  'impactEnded',
  'resolved',
] as const;
export type Milestone = (typeof MILESTONES)[number];

export const MILESTONE_WORDS: Readonly<Record<Milestone, string>> = {
  impactStarted: 'Impact started',
  detected: 'Detected',
  alerted: 'Alerted',
  acknowledged: 'Acknowledged',
  declared: 'Declared',
  responseStarted: 'Response started',
  identified: 'Identified',
  mitigated: 'Mitigated',
  impactEnded: 'Impact ended',
  resolved: 'Resolved',
};

export function isMilestone(value: unknown): value is Milestone {
  return MILESTONES.some((milestone) => milestone === value);
}

/**
 * The milestones worth offering next, the likeliest first: those that have not happened yet in the order they
 * usually do, then the others, because impact may start twice.
 */
export function suggestMilestones(reached: ReadonlySet<Milestone>): readonly Milestone[] {
  const usual: readonly Milestone[] = [
    'detected',
    'mitigated',
    'resolved',
    'impactStarted',
    'identified',
    'impactEnded',
    'acknowledged',
    'alerted',
    'responseStarted',
    'declared',
  ];
  return [
    ...usual.filter((milestone) => !reached.has(milestone)),
    ...usual.filter((milestone) => reached.has(milestone)),
  ];
}
