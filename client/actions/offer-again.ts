/** Opens what a server that went back to a backup has not been offered yet, a few at a time, without anybody looking. */

import type { IncidentId } from '../../shared/domain/id.ts';
import type { Lease } from './incidents.ts';
import type { Offers } from './offers.ts';

const AT_A_TIME = 3;
/** One that the server does not take for now lets others have its place, and comes back later. */
const TURN_MILLIS = 30_000;

/** @returns a function that stops it */
export function offerAgain(offers: Offers, lease: (id: IncidentId) => Lease): () => void {
  const open = new Map<IncidentId, Lease>();
  /** They could not be opened, or the server wants nothing of them: until the next start they hold up nobody. */
  const passedOver = new Set<IncidentId>();
  const tries = new Map<IncidentId, number>();

  function look(): void {
    const left = new Set(offers.left());
    for (const [id, lent] of open) if (!left.has(id)) close(id, lent);
    for (const id of findWaiting(left)) {
      if (open.size >= AT_A_TIME) return;
      const lent = lease(id);
      open.set(id, lent);
      tries.set(id, triesOf(id) + 1);
      watch(id, lent).catch(() => passOver(id, lent));
    }
  }

  function triesOf(id: IncidentId): number {
    return tries.get(id) ?? 0;
  }

  /** Those that had the fewest turns first. */
  function findWaiting(left: Iterable<IncidentId>): readonly IncidentId[] {
    return [...left]
      .filter((id) => !open.has(id) && !passedOver.has(id))
      .toSorted((a, b) => triesOf(a) - triesOf(b));
  }

  function takeTurns(): void {
    const [longest] = open;
    if (open.size < AT_A_TIME || !longest || findWaiting(offers.left()).length === 0) return;
    close(...longest);
    look();
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
  const turns = setInterval(takeTurns, TURN_MILLIS);
  look();
  return () => {
    stop();
    clearInterval(turns);
    for (const [id, lent] of open) close(id, lent);
  };
}
