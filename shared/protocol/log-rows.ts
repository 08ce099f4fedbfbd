/**
 * Rows of the server's log as bytes: for its archive, and for whoever reads an incident's history.
 *
 * One row after the other: `position at(ms) person device isRelayed update`, numbers and lengths as lib0 varints.
 */

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** One update as the server kept it: what came, who brought it, and when by the server's clock. */
export type LogRow = {
  readonly position: number;
  /** ms since 1970, the server's. */
  readonly at: number;
  /** Ids of the person and of the installed app; empty where a client said none. */
  readonly person: string;
  readonly device: string;
  /** Brought by one person on behalf of others. */
  readonly isRelayed: boolean;
  readonly bytes: Uint8Array;
};

export function encodeLogRows(rows: readonly LogRow[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const { position, at, person, device, isRelayed, bytes } of rows) {
    encoding.writeVarUint(encoder, position);
    encoding.writeVarUint(encoder, at);
    encoding.writeVarString(encoder, person);
    encoding.writeVarString(encoder, device);
    encoding.writeVarUint(encoder, isRelayed ? 1 : 0);
    encoding.writeVarUint8Array(encoder, bytes);
  }
  return encoding.toUint8Array(encoder);
}

/** @throws when the bytes end inside a row */
export function decodeLogRows(bytes: Uint8Array): readonly LogRow[] {
  const decoder = decoding.createDecoder(bytes);
  const rows: LogRow[] = [];
  while (decoding.hasContent(decoder)) {
    rows.push({
      position: decoding.readVarUint(decoder),
      at: decoding.readVarUint(decoder),
      person: decoding.readVarString(decoder),
      device: decoding.readVarString(decoder),
      isRelayed: decoding.readVarUint(decoder) === 1,
      bytes: decoding.readVarUint8Array(decoder),
    });
  }
  return rows;
}
