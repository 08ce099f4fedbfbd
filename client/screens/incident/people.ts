/** How people are called on the screen. */

import type { PersonId } from '../../../shared/domain/id.ts';
import { KIND_WORDS } from '../../../shared/domain/kind.ts';
import type { Presence } from '../../../shared/domain/presence.ts';
import { SOMEBODY } from '../../../shared/domain/summary.ts';
import type { Face } from '../../parts/avatars.tsx';
import type { AppState } from '../../state/app-state.ts';
import type { IncidentView } from '../../state/incident-view.ts';

export function nameOf(state: AppState, view: IncidentView, person: PersonId): string {
  return state.isMe(person) ? 'You' : (view.personName(person) ?? SOMEBODY);
}

/** Who else is here, whoever leads first. */
export function toFaces(view: IncidentView): readonly Face[] {
  const lead = view.state().holders.get('incidentCommander');
  return view
    .others()
    .map(({ person, name, isAway }) => ({ name, isAway, isLead: person === lead }))
    .toSorted((a, b) => Number(b.isLead) - Number(a.isLead));
}

/** `Tomás is writing an observation`; null while nobody writes. */
export function toWritingWords(others: readonly Presence[]): string | null {
  const writers = others.filter(({ writing, isAway }) => writing !== null && !isAway);
  const [first, second, ...more] = writers;
  if (!first?.writing) return null;
  if (!second) return `${first.name} is writing ${KIND_WORDS[first.writing].some}`;
  if (more.length === 0) return `${first.name} and ${second.name} are writing`;
  return `${first.name} and ${more.length + 1} others are writing`;
}
