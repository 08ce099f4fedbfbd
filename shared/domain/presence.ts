/** Who is in an incident right now, and what they are at. It is told to the others and never stored. */

import { cleanName } from './entry-text.ts';
import { type EntryId, isEntryId, isOwnerId, type PersonId } from './id.ts';
import { isKind, type Kind } from './kind.ts';

export type Presence = {
  readonly person: PersonId;
  readonly name: string;
  /** The page is open, but somewhere in the background. */
  readonly isAway: boolean;
  /** The kind of the line being written; null while nothing is. */
  readonly writing: Kind | null;
  /** The line whose sheet is open. */
  readonly line: EntryId | null;
};

/** @param value what another client says of itself; @returns null when that is no presence */
export function readPresence(value: unknown): Presence | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('person' in value) || !isOwnerId(value.person)) return null;
  return {
    person: value.person,
    name: 'name' in value && typeof value.name === 'string' ? cleanName(value.name) : '',
    isAway: 'isAway' in value && value.isAway === true,
    writing: 'writing' in value && isKind(value.writing) ? value.writing : null,
    line: 'line' in value && isEntryId(value.line) ? value.line : null,
  };
}

/** One row a person, however many pages they have open: what they do on any of them counts. */
export function joinPresence(all: readonly Presence[]): readonly Presence[] {
  const byPerson = new Map<PersonId, Presence>();
  for (const one of all) {
    const known = byPerson.get(one.person);
    byPerson.set(one.person, known ? join(known, one) : one);
  }
  return [...byPerson.values()];
}

export function isSamePresence(a: Presence, b: Presence): boolean {
  return (
    a.person === b.person &&
    a.name === b.name &&
    a.isAway === b.isAway &&
    a.writing === b.writing &&
    a.line === b.line
  );
}

function join(a: Presence, b: Presence): Presence {
  return {
    person: a.person,
    name: b.name || a.name,
    isAway: a.isAway && b.isAway,
    writing: a.writing ?? b.writing,
    line: a.line ?? b.line,
  };
}
