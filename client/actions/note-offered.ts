/** Tells when a server that went back to a backup has, by its own word, everything this phone holds of an incident. */

import type { EntryId, IncidentId } from '../../shared/domain/id.ts';
import type { SentLines } from '../storage/sent-lines.ts';
import type { ServerPosition } from '../sync/connect-incident.ts';
import type { Offers } from './offers.ts';

export function noteOffered(parts: {
  readonly offers: Offers;
  readonly id: IncidentId;
  readonly sent: Pick<SentLines, 'note'>;
  readonly ownLines: () => readonly EntryId[];
}): { acknowledged(at: ServerPosition): void; close(): void } {
  const { offers, id, sent, ownLines } = parts;
  let last: ServerPosition | null = null;

  /** The server's word may come before or after the news that it went back. */
  function look(): void {
    if (!last || !offers.isLeft(id, last.lineage)) return;
    // Where they arrived in the log that is gone is forgotten; by now they are in this one.
    sent.note(ownLines(), last.position);
    offers.taken(id);
  }

  const close = offers.subscribe(look);
  return {
    acknowledged(at) {
      last = at;
      look();
    },
    close,
  };
}
