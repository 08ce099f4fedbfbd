/** An update taken apart, beside the document and not in it. */

import * as Y from 'yjs';
import type { Struct } from './place.ts';

export type DecodedUpdate = {
  /** In the order of their clocks. */
  readonly byClient: ReadonlyMap<number, readonly Struct[]>;
  /** What it deletes. */
  readonly ds: ReturnType<typeof Y.decodeUpdate>['ds'];
};

/** As many as a document of 32 MiB could hold in twenty-byte keystrokes, in one update. */
export const MAX_STRUCTS = 1_600_000;

export function decodeStructs(update: Uint8Array): DecodedUpdate | 'unreadable' | 'tooManyStructs' {
  try {
    const { structs, ds } = Y.decodeUpdateV2(update, CountingDecoder);
    const byClient = groupByClient(structs);
    return byClient ? { byClient, ds } : 'unreadable';
  } catch (cause) {
    if (cause instanceof TooManyStructs) return 'tooManyStructs';
    return 'unreadable'; // cut short, or nested so deep that decoding it ran out of stack
  }
}

class TooManyStructs extends Error {}

/** Two bytes can be a struct, and each becomes an object: counted while they are read, not when all are there. */
class CountingDecoder extends Y.UpdateDecoderV1 {
  #structs = 0;

  override readInfo(): number {
    this.#structs += 1;
    if (this.#structs > MAX_STRUCTS) throw new TooManyStructs();
    return super.readInfo();
  }
}

/** @returns null when a client comes twice: the second block would replace the first unseen */
function groupByClient(structs: readonly Struct[]): ReadonlyMap<number, readonly Struct[]> | null {
  const byClient = new Map<number, Struct[]>();
  let previous: number | null = null;
  for (const struct of structs) {
    const { client } = struct.id;
    const own = byClient.get(client);
    if (!own) byClient.set(client, [struct]);
    else if (previous !== client) return null;
    else own.push(struct);
    previous = client;
  }
  return byClient;
}
