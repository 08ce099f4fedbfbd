/** The last lines of an incident as plain rows: shown at once while the document is still being read. */

import type { Entry } from '../../shared/domain/entry.ts';
import type { IncidentFacts } from '../../shared/domain/incident.ts';

export type FirstPaint = {
  readonly id: string;
  readonly facts: IncidentFacts;
  /** The end of the timeline, in order, and every entry that changed the incident. */
  readonly entries: readonly Entry[];
  readonly people: readonly (readonly [person: string, name: string])[];
};
