/** Opens what a server that went back to a backup has not been offered yet, a few at a time, without anybody looking. */

import type { IncidentId } from '../../shared/domain/id.ts';
import type { Lease } from './incidents.ts';
import type { Offers } from './offers.ts';

const AT_A_TIME = 3;

/** @returns a function that stops it */
export function offerAgain(offers: Offers, lease: (id: IncidentId) => Lease): () => void {
  const open = new Map<IncidentId, Lease>();
  /** They could not be opened, or the server wants nothing of them: until the next start they hold up nobody. */
  const passedOver = new Set<IncidentId>();

  function look(): void {
    const left = new Set(offers.left());
    for (const [id, lent] of open) if (!left.has(id)) close(id, lent);
    for (const id of left) {
      if (open.size >= AT_A_TIME) return;
      if (open.has(id) || passedOver.has(id)) continue;
      const lent = lease(id);
      open.set(id, lent);
      watch(id, lent).catch(() => passOver(id, lent));
    }
  }

  async function watch(id: IncidentId, lent: Lease): Promise<void> {
    const incident = await lent.incident;
    const passOverEnded = (): void => {
      if (incident.connection().type === 'ended') passOver(id, lent);
    };
    incident.subscribe(passOverEnded);
    passOverEnded();
  }

  function passOver(id: IncidentId, lent: Lease): void {
    if (open.get(id) !== lent) return;
    passedOver.add(id);
    close(id, lent);
    look();
  }

  function close(id: IncidentId, lent: Lease): void {
    open.delete(id);
    lent.release(0);
  }

  const stop = offers.subscribe(look);
  look();
  return () => {
    stop();
    for (const [id, lent] of open) close(id, lent);
  };
}
