/** How an entry wants to be taken: as known, as thought, as promised or as asked. */

export const CLAIMS = ['fact', 'hypothesis', 'commitment', 'question'] as const;
export type Claim = (typeof CLAIMS)[number];

export const CLAIM_WORDS: Readonly<Record<Claim, string>> = {
  fact: 'Fact',
  hypothesis: 'Hypothesis',
  commitment: 'Commitment',
  question: 'Question',
};

export function isClaim(value: unknown): value is Claim {
  return CLAIMS.some((claim) => claim === value);
}
