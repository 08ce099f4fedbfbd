/** How people are called on the screen. */

import type { PersonId } from '../../../shared/domain/id.ts';
import { SOMEBODY } from '../../../shared/domain/summary.ts';
import type { AppState } from '../../state/app-state.ts';
import type { IncidentView } from '../../state/incident-view.ts';

export function nameOf(state: AppState, view: IncidentView, person: PersonId): string {
  return state.isMe(person) ? 'You' : (view.personName(person) ?? SOMEBODY);
}
