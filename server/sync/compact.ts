/**
 * Many rows become one snapshot. Re-encoded through a document, because merging alone keeps every deleted letter; and
 * read back once before anybody relies on it.
 */

import { gzipSync } from 'node:zlib';
import { createIncidentDoc, isWholeSnapshot } from '../../shared/doc/incident-doc.ts';
import { encodeLogRows, type LogRow } from '../../shared/protocol/log-rows.ts';

export type CompactionInput = {
  /** Everything before the rows; null: there is nothing before them. */
  readonly snapshot: Uint8Array | null;
  readonly rows: readonly LogRow[];
};

export type CompactionOutput = { readonly snapshot: Uint8Array; readonly packedRows: Uint8Array };

/** @returns null when the rows do not make a whole document: then they stay as they are */
export function compactRows({ snapshot, rows }: CompactionInput): CompactionOutput | null {
  const doc = createIncidentDoc();
  if (snapshot) doc.apply(snapshot, 'storage');
  for (const row of rows) doc.apply(row.bytes, 'storage');
  if (doc.isWaiting()) return null;
  const encoded = doc.encode();
  const stateVector = doc.encodeStateVector();
  doc.destroy();
  if (!isWholeSnapshot(encoded, stateVector)) return null;
  return { snapshot: encoded, packedRows: gzipSync(encodeLogRows(rows)) };
}
