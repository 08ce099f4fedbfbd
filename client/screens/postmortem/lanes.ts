/** What is known, what is thought, what will be done: the sections of each, in the order they are read. */

import type { SectionId } from '../../../shared/domain/section.ts';

export type Lane = {
  readonly id: 'facts' | 'think' | 'will';
  readonly word: string;
  readonly meaning: string;
  readonly sections: readonly SectionId[];
};

export const LANES: readonly Lane[] = [
  {
    id: 'facts',
    word: 'Facts',
    meaning: 'what we know',
    sections: [
      'summary',
      'impact',
      'metrics',
      'timeline',
      'detection',
      'response',
      'mitigation',
      'participants',
    ],
  },
  {
    id: 'think',
    word: 'Hypotheses',
    meaning: 'what we think',
    sections: ['hypotheses', 'factors', 'openQuestions'],
  },
  {
    id: 'will',
    word: 'Commitments',
    meaning: 'what we will do',
    sections: ['lessons'],
  },
];

export const SECTION_ORDER: readonly SectionId[] = LANES.flatMap(({ sections }) => sections);
