/**
 * After the server went back to a backup, this phone may hold what it lost, also of incidents that nobody looks at.
 * Which those are is kept until the server has said of each that it has everything.
 */

import type { IncidentId } from '../../shared/domain/id.ts';
import { readOffers, type Offers as Stored, startOver, writeOffers } from '../storage/offers.ts';
import type { PhoneLog } from '../storage/phone-log.ts';

export type Offers = {
  /** What the server says of itself; it grows with each backup it goes back to. @returns whether it did */
  heard(lineage: number): Promise<boolean>;
  /** Whether this server, of this lineage or a later one, has still to be offered the incident. */
  isLeft(id: IncidentId, lineage: number): boolean;
  /** The server has everything this phone holds of it. */
  taken(id: IncidentId): void;
  left(): Iterable<IncidentId>;
  /** The server did not take it for now; it is tried again. */
  failed(sentence: string): void;
  /** Why the server took something not the last time; null: it took everything so far. */
  trouble(): string | null;
  subscribe(listener: () => void): () => void;
};

export function createOffers(log: PhoneLog, report: (cause: unknown) => void): Offers {
  const listeners = new Set<() => void>();
  let stored: Stored | null = null;
  let trouble: string | null = null;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    async heard(lineage) {
      const known = stored ?? (await readOffers(log));
      const hasGrown = lineage > known.lineage;
      const isFirst = stored === null;
      stored = hasGrown ? await startOver(log, lineage) : (stored ?? known);
      if (hasGrown || isFirst) tell();
      return hasGrown;
    },
    isLeft: (id, lineage) => stored?.left.has(id) === true && lineage >= stored.lineage,
    taken(id) {
      if (!stored?.left.has(id)) return;
      stored = { ...stored, left: new Set([...stored.left].filter((other) => other !== id)) };
      if (stored.left.size === 0) trouble = null;
      writeOffers(log, stored).catch(report);
      tell();
    },
    left: () => stored?.left ?? [],
    failed(sentence) {
      trouble = sentence;
      tell();
    },
    trouble: () => trouble,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
