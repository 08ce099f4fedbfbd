/** An open incident and the phone's queue as one thing to listen to. */

import type { OpenIncident } from './open-incident.ts';
import type { Phone } from './phone.ts';

export function toSource(phone: Phone, incident: OpenIncident) {
  return {
    read: incident.doc.read,
    connection: incident.connection,
    damage: incident.damage,
    presence: incident.presence,
    waitingLines: incident.waiting.lines,
    unsavedLines: () => phone.queue.state().unsaved,
    seenBy: incident.seenBy,
    trouble: () => phone.queue.state().trouble,
    /** Told when anything but the document changes. */
    subscribe(listener: () => void): () => void {
      const stops = [
        incident.subscribe(listener),
        incident.waiting.subscribe(listener),
        phone.queue.subscribe(listener),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
