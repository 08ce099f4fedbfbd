/** The incident's own fields and the names of its people, from their slots. */

import type * as Y from 'yjs';
import type { PersonId } from '../domain/id.ts';
import { type IncidentFacts, isIncidentKind } from '../domain/incident.ts';
import { isZone } from '../domain/time.ts';
import { factsOf, peopleOf } from './schema.ts';
import { readSlots } from './slots.ts';

export function readFacts(doc: Y.Doc): IncidentFacts {
  const slots = readSlots(factsOf(doc));
  const title = slots.get('title')?.[0]?.value;
  const homeZone = slots.get('homeZone')?.[0]?.value;
  const kind = slots.get('kind')?.[0]?.value;
  return {
    title: typeof title === 'string' && title !== '' ? title : null,
    homeZone: isZone(homeZone) ? homeZone : 'UTC',
    kind: isIncidentKind(kind) ? kind : 'real',
    isDeclared: kind !== undefined,
  };
}

export function readPeople(doc: Y.Doc): ReadonlyMap<PersonId, string> {
  const names = new Map<PersonId, string>();
  for (const [person, [slot]] of readSlots(peopleOf(doc))) {
    if (typeof slot?.value === 'string' && slot.value !== '') names.set(person, slot.value);
  }
  return names;
}
