/** The incidents that are open on this phone. One document each, however many screens look at it. */

import type { Declare } from '../../shared/domain/command.ts';
import type { SpentDraft } from '../../shared/domain/draft.ts';
import { type IncidentId, newIncidentId } from '../../shared/domain/id.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import { watchWaiting } from '../storage/waiting.ts';
import { offerAgain } from './offer-again.ts';
import type { OpenIncident } from './open-incident.ts';
import type { Phone } from './phone.ts';

export type Lease = {
  readonly incident: Promise<OpenIncident>;
  /** The last one to give it back closes it, after a while or after `millis`. */
  release(millis?: number): void;
};

export type Incidents = {
  lease(id: IncidentId): Lease;
  declare(
    wish: Omit<Declare, 'type'>,
    spentDraft: SpentDraft,
  ): Promise<
    | { readonly ok: true; readonly id: IncidentId }
    | { readonly ok: false; readonly refusal: Refusal }
  >;
  /**
   * Opens whatever has lines waiting, so that they go without anybody looking. `onRefused`: where the server has ended
   * it for good. @returns a function that stops it
   */
  sendWaiting(onRefused: (refused: ReadonlySet<IncidentId>) => void): () => void;
  /** The same for what a server that went back to a backup has to be offered. `isInTouch`: it answers. */
  offerAgain(isInTouch: () => boolean): () => void;
};

/** A document is kept this long after the last screen left it, because people go back and forth. */
const CLOSE_AFTER_MILLIS = 20_000;

/** What could not be opened, as when a part of the app could not be loaded, is tried again. */
const OPEN_AGAIN_MILLIS = 15_000;

type Held = { incident: Promise<OpenIncident>; leases: number };

export function createIncidents(phone: Phone): Incidents {
  const held = new Map<IncidentId, Held>();
  const sending = new Map<IncidentId, Lease>();

  /** The code around documents is a third of the app, and the first paint needs none of it. */
  async function open(id: IncidentId): Promise<OpenIncident> {
    const { openIncident } = await import('./open-incident.ts');
    return openIncident(phone, id);
  }

  function hold(id: IncidentId): Held {
    const entry = { incident: open(id), leases: 0 };
    held.set(id, entry);
    // What could not be opened is tried anew the next time somebody asks.
    entry.incident.catch(() => held.get(id) === entry && held.delete(id));
    return entry;
  }

  function lease(id: IncidentId): Lease {
    const entry = held.get(id) ?? hold(id);
    entry.leases += 1;
    let isReleased = false;
    return {
      incident: entry.incident,
      release(millis = CLOSE_AFTER_MILLIS) {
        if (isReleased) return;
        isReleased = true;
        entry.leases -= 1;
        if (entry.leases === 0) setTimeout(() => closeUnused(id, entry), millis);
      },
    };
  }

  function closeUnused(id: IncidentId, entry: Held): void {
    if (entry.leases > 0 || held.get(id) !== entry) return;
    if (phone.queue.state().waits > 0) {
      // The document is the only place that holds them; it stays until the disk has them.
      setTimeout(() => closeUnused(id, entry), CLOSE_AFTER_MILLIS);
      return;
    }
    held.delete(id);
    entry.incident.then((incident) => incident.close()).catch(phone.report);
  }

  return {
    lease,
    async declare(wish, spentDraft) {
      const id = newIncidentId(phone.now(), phone.randomBytes);
      const { incident, release } = lease(id);
      try {
        const decision = (await incident).run({ type: 'declare', ...wish }, spentDraft);
        return decision.ok ? { ok: true, id } : { ok: false, refusal: decision.refusal };
      } finally {
        release();
      }
    },
    sendWaiting(onRefused) {
      const refused = new Set<IncidentId>();
      let wanted: ReadonlySet<IncidentId> = new Set();
      let timer: ReturnType<typeof setTimeout> | null = null;

      function watchEnd({ id, connection, subscribe }: OpenIncident): void {
        const look = (): void => {
          if (connection().type !== 'ended' || refused.has(id)) return;
          refused.add(id);
          onRefused(new Set(refused));
        };
        subscribe(look);
        look();
      }

      function open(): void {
        timer = null;
        for (const id of wanted) {
          if (sending.has(id)) continue;
          const lent = lease(id);
          sending.set(id, lent);
          lent.incident.then(watchEnd, (cause) => {
            phone.report(cause);
            lent.release();
            if (sending.get(id) === lent) sending.delete(id);
            timer ??= setTimeout(open, OPEN_AGAIN_MILLIS);
          });
        }
      }

      const stop = watchWaiting(
        phone.log,
        (linesByIncident) => {
          if (!linesByIncident) return;
          wanted = new Set(linesByIncident.keys());
          if (timer === null) open();
          for (const [id, lent] of sending) {
            if (wanted.has(id)) continue;
            sending.delete(id);
            lent.release();
          }
        },
        phone.report,
      );
      return () => {
        stop();
        if (timer) clearTimeout(timer);
        for (const lent of sending.values()) lent.release();
      };
    },
    offerAgain: (isInTouch) => offerAgain(phone.offers, lease, isInTouch),
  };
}
