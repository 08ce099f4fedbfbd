/** How a hypothesis stands, from being proposed to being settled. */

export const OUTCOMES = ['proposed', 'testing', 'supported', 'confirmed', 'ruledOut'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  proposed: 'Proposed',
  testing: 'Testing',
  supported: 'Supported',
  confirmed: 'Confirmed',
  ruledOut: 'Ruled out',
};

export function isOutcome(value: unknown): value is Outcome {
  return OUTCOMES.some((outcome) => outcome === value);
}

/** Nobody has to test it any more. */
export function isSettled(outcome: Outcome): boolean {
  return outcome !== 'proposed' && outcome !== 'testing';
}
