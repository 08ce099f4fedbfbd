/** What the server has not confirmed when the page goes: sent once more by http, which outlives the page. */

import { mergeUpdates } from '../../shared/doc/incident-doc.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import type { Ticket } from '../storage/waiting.ts';
import { MAX_KEEPALIVE_BYTES, postUpdate } from '../sync/post-update.ts';
import type { Phone } from './phone.ts';

export type Unconfirmed = {
  add(ticket: Ticket, bytes: Uint8Array): void;
  /** Everything up to `ticket` is on the server's disk. */
  confirm(ticket: Ticket): void;
  close(): void;
};

export function sendOnLeaving(phone: Phone, id: IncidentId): Unconfirmed {
  const updates = new Map<Ticket, Uint8Array>();

  function send(): void {
    if (updates.size === 0) return;
    const update = mergeUpdates([...updates.values()]);
    if (update.length > MAX_KEEPALIVE_BYTES) return; // it waits on the disk, as it would without a network
    const hello = phone.identity();
    const parcel = { id, update, hello, isRelayed: false, keepalive: true };
    postUpdate(phone.around.fetch, parcel).catch(() => undefined); // whoever opens the incident next sends it
  }

  const stop = phone.around.onLeave(send);
  return {
    add: (ticket, bytes) => updates.set(ticket, bytes),
    confirm(ticket) {
      for (const held of updates.keys()) if (held <= ticket) updates.delete(held);
    },
    close: stop,
  };
}
