import { expect, test, vi } from 'vitest';
import { createIncidents } from '../../../client/actions/incidents.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';
import { NoSocket, openTestPhone } from '../../support/test-phone.ts';

const PATIENCE = { timeout: 10_000 };

test('[L4e] an incident that could not be opened to send its lines is opened again', async () => {
  vi.useFakeTimers();
  const id = newIncidentId(NIGHT, createRandom(1).bytes);
  const log = createMemoryDisk().open();
  const update = { doc: id, bytes: new Uint8Array([0, 0]), lines: ['a'], spentDraft: null };
  await log.appendLocal([update]);
  let dials = 0;
  class FirstFails extends NoSocket {
    constructor(url: string | URL) {
      dials += 1;
      if (dials === 1) throw new Error('no sockets now');
      super(url);
    }
  }
  const opening = openTestPhone({ log, seed: 2, around: { WebSocket: FirstFails } });
  await vi.advanceTimersByTimeAsync(1_000); // who this phone is was asked
  const phone = await opening;
  const stop = createIncidents(phone).sendWaiting(() => undefined);
  // The code around documents is loaded in the browser's own time.
  await expect.poll(() => vi.advanceTimersByTimeAsync(1_000).then(() => dials), PATIENCE).toBe(2);
  stop();
  vi.useRealTimers();
});
