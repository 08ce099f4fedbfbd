/** How far the response has come. A milestone of the same name moves it; going back is a status entry of its own. */

import type { Milestone } from './milestone.ts';

export const STATUSES = ['investigating', 'identified', 'mitigated', 'resolved'] as const;
export type Status = (typeof STATUSES)[number];

type StatusWords = { readonly word: string; readonly meaning: string };

export const STATUS_WORDS: Readonly<Record<Status, StatusWords>> = {
  investigating: { word: 'Investigating', meaning: 'We do not know the cause yet' },
  identified: { word: 'Identified', meaning: 'We know what to change' },
  mitigated: { word: 'Mitigated', meaning: 'Customers are no longer hurt' },
  resolved: { word: 'Resolved', meaning: 'Normal operation again' },
};

export function isStatus(value: unknown): value is Status {
  return STATUSES.some((status) => status === value);
}

/** The milestone that stands for reaching `status`; going back to investigating is not an achievement. */
export function milestoneOf(status: Status): Milestone | null {
  return status === 'investigating' ? null : status;
}

export function statusOf(milestone: Milestone): Status | null {
  switch (milestone) {
    case 'identified':
    case 'mitigated':
    case 'resolved':
      return milestone;
    default:
      return null;
  }
}
