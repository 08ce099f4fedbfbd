/** What sort of thing an entry reports. Each has a word of its own, so colour never stands alone. */

import type { Claim } from './claim.ts';

/** The seven under the thumb. */
export const COMMON_KINDS = [
  'observation',
  'action',
  'decision',
  'hypothesis',
  'impact',
  'communication',
  'milestone',
] as const;

export const KINDS = [...COMMON_KINDS, 'alert', 'change', 'question', 'system'] as const;
export type Kind = (typeof KINDS)[number];

/** A kind written by a newer version of the app: kept as it is, shown as a plain line. */
export type AnyKind = Kind | 'unknown';

type KindWords = {
  readonly word: string;
  /** For the composer's keys, where eleven characters are all there is. */
  readonly key: string;
  /** For screens under 380 px. */
  readonly shortKey: string;
  /** What somebody is writing. */
  readonly some: string;
  /** What the composer asks. */
  readonly prompt: string;
  readonly claim: Claim;
};

export const KIND_WORDS: Readonly<Record<Kind, KindWords>> = {
  observation: {
    word: 'Observation',
    key: 'Observation',
    shortKey: 'Observe',
    some: 'an observation',
    prompt: 'What do you see?',
    claim: 'fact',
  },
  action: {
    word: 'Action taken',
    key: 'Action',
    shortKey: 'Action',
    some: 'an action',
    prompt: 'What did you do?',
    claim: 'fact',
  },
  decision: {
    word: 'Decision',
    key: 'Decision',
    shortKey: 'Decision',
    some: 'a decision',
    prompt: 'What was decided, and why?',
    claim: 'commitment',
  },
  hypothesis: {
    word: 'Hypothesis',
    key: 'Hypothesis',
    shortKey: 'Theory',
    some: 'a hypothesis',
    prompt: 'What might explain it?',
    claim: 'hypothesis',
  },
  impact: {
    word: 'Impact',
    key: 'Impact',
    shortKey: 'Impact',
    some: 'an impact',
    prompt: 'Who is hurt, and how much?',
    claim: 'fact',
  },
  communication: {
    word: 'Comms',
    key: 'Comms',
    shortKey: 'Comms',
    some: 'an update',
    prompt: 'Who was told what?',
    claim: 'fact',
  },
  milestone: {
    word: 'Milestone',
    key: 'Milestone',
    shortKey: 'Mark',
    some: 'a milestone',
    prompt: 'Detected, mitigated, resolved?',
    claim: 'fact',
  },
  alert: {
    word: 'Alert',
    key: 'Alert',
    shortKey: 'Alert',
    some: 'an alert',
    prompt: 'What fired?',
    claim: 'fact',
  },
  change: {
    word: 'Change',
    key: 'Change',
    shortKey: 'Change',
    some: 'a change',
    prompt: 'What was deployed or configured?',
    claim: 'fact',
  },
  question: {
    word: 'Question',
    key: 'Question',
    shortKey: 'Ask',
    some: 'a question',
    prompt: 'What do we need to know?',
    claim: 'question',
  },
  system: {
    word: 'Log',
    key: 'Log',
    shortKey: 'Log',
    some: 'a line',
    prompt: '',
    claim: 'fact',
  },
};

export function isKind(value: unknown): value is Kind {
  return KINDS.some((kind) => kind === value);
}

export function toKindWord(kind: AnyKind): string {
  return kind === 'unknown' ? 'Line' : KIND_WORDS[kind].word;
}

export function defaultClaim(kind: Kind): Claim {
  return KIND_WORDS[kind].claim;
}
