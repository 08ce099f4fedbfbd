/** Opens what a server that went back to a backup has not been offered yet, a few at a time, without anybody looking. */

import type { IncidentId } from '../../shared/domain/id.ts';
import type { Offers } from './offers.ts';
import type { OpenIncident } from './open-incident.ts';

type Offered = Pick<OpenIncident, 'connection' | 'isSending' | 'subscribe'>;

export type OfferLease = {
  readonly incident: Promise<Offered>;
  release(millis: number): void;
};

const AT_A_TIME = 3;
/** One that the server does not take for now lets others have its place, and comes back later. */
const TURN_MILLIS = 30_000;

/**
 * @param isInTouch whether the server answered the last time anything else was asked
 * @returns a function that stops it
 */
export function offerAgain(
  offers: Offers,
  lease: (id: IncidentId) => OfferLease,
  isInTouch: () => boolean,
): () => void {
  const open = new Map<IncidentId, OfferLease>();
  /** Those of them that are read. */
  const incidents = new Map<IncidentId, Offered>();
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

  /** Without it everybody waits for the same. */
  function isServerThere(): boolean {
    return isInTouch() || [...incidents.values()].some(isOnline);
  }

  function takeTurns(): void {
    if (open.size < AT_A_TIME || findWaiting(offers.left()).length === 0 || !isServerThere())
      return;
    // What is cut off begins from nothing the next time.
    const longest = [...open].find(([id]) => !incidents.get(id)?.isSending());
    if (!longest) return;
    close(...longest);
    look();
  }

  async function watch(id: IncidentId, lent: OfferLease): Promise<void> {
    const incident = await lent.incident;
    if (open.get(id) !== lent) return;
    incidents.set(id, incident);
    const passOverEnded = (): void => {
      if (incident.connection().type === 'ended') passOver(id, lent);
    };
    incident.subscribe(passOverEnded);
    passOverEnded();
  }

  function passOver(id: IncidentId, lent: OfferLease): void {
    if (open.get(id) !== lent) return;
    passedOver.add(id);
    close(id, lent);
    look();
  }

  function close(id: IncidentId, lent: OfferLease): void {
    open.delete(id);
    incidents.delete(id);
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

function isOnline({ connection }: Offered): boolean {
  return connection().type === 'online';
}
