/**
 * Everything this phone knows of an incident and the server lost, sent by http and marked as the words of whoever wrote
 * them. What did not arrive is sent again: the server asks once for each connection, and a connection can last for days.
 */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import { NotTaken, postUpdate } from '../sync/post-update.ts';
import type { Phone } from './phone.ts';

const FIRST_AGAIN_MILLIS = 5_000;
const LAST_AGAIN_MILLIS = 5 * 60_000;
/** The state vector of somebody who has nothing. */
const NOTHING_KNOWN = new Uint8Array([0]);

export function createRelay(
  phone: Phone,
  id: IncidentId,
  doc: IncidentDoc,
  onTaken: () => void,
): { send(): void; isSending(): boolean; close(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wait = FIRST_AGAIN_MILLIS;
  let isSending = false;
  let isClosed = false;

  async function send(): Promise<void> {
    if (isSending || isClosed) return;
    if (timer) clearTimeout(timer);
    timer = null;
    isSending = true;
    try {
      const parcel = {
        id,
        update: doc.encodeWhole(NOTHING_KNOWN),
        hello: phone.identity(),
        isRelayed: true,
      };
      await postUpdate(phone.around.fetch, parcel);
      wait = FIRST_AGAIN_MILLIS;
      if (!isClosed) onTaken();
    } catch (cause) {
      phone.report(cause);
      // Without a network there is nothing to tell: that it is away is on the screen already.
      if (cause instanceof NotTaken) phone.offers.failed(cause.message);
      if (!isClosed) timer = setTimeout(send, wait);
      wait = Math.min(wait * 2, LAST_AGAIN_MILLIS);
    } finally {
      isSending = false;
    }
  }

  return {
    send: () => void send(),
    isSending: () => isSending,
    close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
    },
  };
}
