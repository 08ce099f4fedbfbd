/**
 * Turns many small rows into one snapshot, in steps that may be interrupted anywhere: add the snapshot, read it
 * back and decode it, and only then forget the rows it replaced.
 */

import { type IncidentDoc, isWholeSnapshot } from '../../shared/doc/incident-doc.ts';
import type { StoredDoc, UpdateLog } from '../../shared/doc/update-log.ts';

const MAX_ROWS = 500;
const MIN_ROWS = 64;
const MAX_SHARE_OF_SNAPSHOT = 0.25;

export function isWorthCompacting({ snapshot, updates }: StoredDoc): boolean {
  if (updates.length < MIN_ROWS) return false;
  const bytes = updates.reduce((sum, row) => sum + row.bytes.length, 0);
  return (
    updates.length >= MAX_ROWS || bytes > MAX_SHARE_OF_SNAPSHOT * (snapshot?.bytes.length ?? 0)
  );
}

/** @returns whether the rows were replaced */
export async function compact(log: UpdateLog, id: string, doc: IncidentDoc): Promise<boolean> {
  const { snapshot: replaced, updates, damaged } = await log.read(id);
  const upTo = updates.at(-1)?.position;
  // What could not be read is not in the new snapshot, and may not have been set aside either.
  if (upTo === undefined || damaged > 0) return false;
  // Another tab may have written what this document has not seen, and it may not have been read when it was opened.
  for (const row of replaced ? [replaced, ...updates] : updates) doc.apply(row.bytes, 'storage');
  if (replaced && !doc.holds(replaced.bytes)) return false;
  const stateVector = doc.encodeStateVector();
  if (!(await log.addSnapshot(id, upTo, doc.encode()))) return false;

  const { snapshot } = await log.read(id);
  if (snapshot?.position !== upTo || !isWholeSnapshot(snapshot.bytes, stateVector)) return false;
  await log.prune(id, upTo);
  return true;
}
