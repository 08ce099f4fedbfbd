/** How bad it is: SEV-1 is the worst. When unsure, take the worse. */

export const SEVERITIES = [1, 2, 3, 4] as const;
export type Severity = (typeof SEVERITIES)[number];

type SeverityWords = {
  readonly word: string;
  readonly meaning: string;
  readonly examples: string;
};

export const SEVERITY_WORDS: Readonly<Record<Severity, SeverityWords>> = {
  1: {
    word: 'SEV-1',
    meaning: 'Most customers are stuck',
    examples: 'Or data lost, or wrong charges',
  },
  2: {
    word: 'SEV-2',
    meaning: 'A core task fails for many',
    examples: 'Checkout, login, search',
  },
  3: { word: 'SEV-3', meaning: 'Degraded, with a way round', examples: 'Slow or partial' },
  4: {
    word: 'SEV-4',
    meaning: 'Small, or only we notice',
    examples: 'Note it now, fix it in hours',
  },
};

export function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.some((severity) => severity === value);
}
