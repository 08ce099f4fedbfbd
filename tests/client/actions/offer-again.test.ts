import { expect, test, vi } from 'vitest';
import { offerAgain } from '../../../client/actions/offer-again.ts';
import { createOffers } from '../../../client/actions/offers.ts';
import { type IncidentId, newIncidentId } from '../../../shared/domain/id.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';

test('[N61] what the server does not take for now keeps nothing else from being offered', async () => {
  const ids = [1, 2, 3, 4, 5].map((seed) => newIncidentId(NIGHT, createRandom(seed).bytes));
  const log = createMemoryDisk().open();
  const ana = createDevice('Ana');
  ana.declare();
  await log.append(ids.map((doc) => ({ doc, bytes: ana.doc.encode() })));
  const offers = createOffers(log, () => undefined);
  await offers.heard(NIGHT);
  vi.useFakeTimers();
  const offered = new Set<IncidentId>();
  let open = 0;
  const stop = offerAgain(offers, (id) => {
    offered.add(id);
    open += 1;
    return {
      incident: new Promise(() => undefined),
      release() {
        open -= 1;
      },
    };
  });
  expect(offered.size).toBe(3);
  vi.advanceTimersByTime(90_000);
  expect(offered).toEqual(new Set(ids));
  expect(open).toBe(3);
  stop();
  expect(open).toBe(0);
  vi.useRealTimers();
});
