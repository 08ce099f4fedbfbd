/**
 * What waits, read from IndexedDB. A row that the browser cannot read, or that does not say which lines it touched,
 * must not hide the others: it still waits, and any line may be the one it stands for.
 */

import type { Position } from '../../shared/doc/update-log.ts';
import type { Database } from './database.ts';
import { ANY_LINE, type WaitingRow } from './phone-log.ts';

/** Of one incident, or of all. */
export async function readWaitingRows(
  db: Database,
  doc: string | null,
): Promise<readonly WaitingRow[]> {
  try {
    const rows = doc === null ? db.waiting : db.waiting.where('doc').equals(doc);
    return (await rows.toArray()).map(toReadable);
  } catch {
    return readOneByOne(db, doc);
  }
}

async function readOneByOne(db: Database, doc: string | null): Promise<readonly WaitingRow[]> {
  const places: { readonly doc: string; readonly position: Position }[] = [];
  const index = doc === null ? db.waiting.orderBy('doc') : db.waiting.where('doc').equals(doc);
  await index.eachKey((key, { primaryKey }) => {
    places.push({ doc: String(key), position: primaryKey });
  });
  const rows = await Promise.all(
    places.map((place) =>
      db.waiting.get(place.position).catch(() => ({ ...place, lines: [ANY_LINE] })),
    ),
  );
  return rows.filter((row) => row !== undefined).map(toReadable);
}

function toReadable(row: WaitingRow): WaitingRow {
  const { position, doc, lines } = row;
  const isReadable = Array.isArray(lines) && lines.every((line) => typeof line === 'string');
  return isReadable ? row : { position, doc, lines: [ANY_LINE] };
}
