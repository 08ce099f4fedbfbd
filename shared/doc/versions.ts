/**
 * The versions of one line, or of one section's prose, out of the server's log: who changed what, when, before and
 * after. The log is replayed; what one person did without a pause is one version, as people remember it.
 */

import type { Entry } from '../domain/entry.ts';
import type { EntryId, PersonId } from '../domain/id.ts';
import type { ProseSection } from '../domain/section.ts';
import { type Instant, MINUTE } from '../domain/time.ts';
import type { Version } from '../domain/version.ts';
import { createIncidentDoc } from './incident-doc.ts';

/** A row of the log: what came, who brought it, and when by the server's clock. */
export type VersionRow = {
  readonly at: Instant;
  /** Empty where the client said none. */
  readonly person: PersonId;
  readonly bytes: Uint8Array;
};

const PAUSE = 2 * MINUTE;

export function readEntryVersions(
  rows: readonly VersionRow[],
  id: EntryId,
): readonly Version<Entry>[] {
  return replay(rows, (doc) => doc.read.entry(id) ?? null, isSameEntry);
}

export function readProseVersions(
  rows: readonly VersionRow[],
  section: ProseSection,
): readonly Version<string>[] {
  /** Empty before the first word is nothing; empty after it is what somebody did. */
  let hasBegun = false;
  const read = (doc: ReturnType<typeof createIncidentDoc>): string | null => {
    const text = doc.read.prose().sections.get(section) ?? '';
    hasBegun ||= text !== '';
    return hasBegun ? text : null;
  };
  return replay(rows, read, (a, b) => a === b);
}

function replay<T>(
  rows: readonly VersionRow[],
  read: (doc: ReturnType<typeof createIncidentDoc>) => T | null,
  isSame: (a: T, b: T) => boolean,
): readonly Version<T>[] {
  const doc = createIncidentDoc();
  const versions: Version<T>[] = [];
  let current: T | null = null;
  for (const { at, person, bytes } of rows) {
    doc.apply(bytes, 'storage');
    const next = read(doc);
    if (next === null || (current !== null && isSame(current, next))) continue;
    const last = versions.at(-1);
    if (last && last.person === person && at - last.at < PAUSE && last.before !== null) {
      versions[versions.length - 1] = { ...last, at, after: next };
    } else versions.push({ at, person, before: current, after: next });
    current = next;
  }
  doc.destroy();
  // Somebody who changed something and changed it back made no version.
  return versions.filter(({ before, after }) => before === null || !isSame(before, after));
}

/** By what people can change of a line. */
function isSameEntry(a: Entry, b: Entry): boolean {
  return (
    a.text === b.text &&
    a.kindName === b.kindName &&
    a.claim === b.claim &&
    a.outcome === b.outcome &&
    (a.retracted === null) === (b.retracted === null) &&
    JSON.stringify([a.occurred, a.effect]) === JSON.stringify([b.occurred, b.effect])
  );
}
