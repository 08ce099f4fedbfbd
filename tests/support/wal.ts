/**
 * SQLite's write-ahead log as a file (https://sqlite.org/fileformat2.html#walformat): a header of 32 bytes, then
 * frames of 24 bytes and one page each. A frame that ends a transaction holds the size of the database, any other 0.
 */

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

export type Wal = {
  /** Where each transaction ends, in bytes from the start of the file, in the order of the commits. */
  readonly commitEnds: readonly number[];
};

/** @throws when the log was started over at some time: then old frames lie behind the end of the new ones */
export function readWal(bytes: Buffer): Wal {
  const frameBytes = FRAME_HEADER_BYTES + bytes.readUInt32BE(8);
  const salt = bytes.subarray(16, 24);
  const commitEnds: number[] = [];
  for (let at = HEADER_BYTES; at + frameBytes <= bytes.length; at += frameBytes) {
    if (!salt.equals(bytes.subarray(at + 8, at + 16))) throw new Error('The log was started over');
    if (bytes.readUInt32BE(at + 4) > 0) commitEnds.push(at + frameBytes);
  }
  return { commitEnds };
}
