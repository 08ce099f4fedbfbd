import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { toSource } from '../../../client/actions/incident-source.ts';
import { openIncident } from '../../../client/actions/open-incident.ts';
import { createIncidentView } from '../../../client/state/incident-view.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { at, NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';
import { openTestPhone } from '../../support/test-phone.ts';

test('[S25] a line is not said to be on the server while the phone cannot read what waits', async () => {
  const id = newIncidentId(NIGHT, createRandom(1).bytes);
  const disk = createMemoryDisk();
  const first = await openIncident(await openTestPhone({ log: disk.open(), seed: 2 }), id);
  first.run({ type: 'log', kind: 'action', text: 'Pool back to 40', occurred: at(NIGHT) });
  await expect.poll(() => disk.waiting.size).toBe(1);
  await first.close();

  const lost = new Error('the connection is closing');
  const phone = await openTestPhone({
    log: {
      ...disk.open(),
      readWaiting: () => Promise.reject(lost),
      watchWaiting: () => (_listener, onFailed) => {
        onFailed(lost);
        return () => undefined;
      },
    },
    seed: 3,
  });
  const incident = await openIncident(phone, id);
  const { view, dispose } = createRoot((end) => ({
    view: createIncidentView(() => phone.identity().person),
    dispose: end,
  }));
  view.show(toSource(phone, incident));
  expect(view.ids().map((line) => view.place(line))).toEqual(['unknown']);
  expect(view.waitingCount()).toBe(0);
  dispose();
  await incident.close();
});
