import { expect, test } from 'vitest';
import { openIncident } from '../../../client/actions/open-incident.ts';
import { openPhone } from '../../../client/actions/phone.ts';
import { lookAround } from '../../../client/actions/surroundings.ts';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { ClientSocket } from '../../simulation/client-socket.ts';
import { at, NIGHT } from '../../support/device.ts';
import { createMemoryDisk } from '../../support/memory-disk.ts';
import { createRandom } from '../../support/random.ts';

class NoSocket extends ClientSocket {
  constructor(url: string | URL) {
    super(url, () => ({ send: () => undefined, close: () => undefined }));
  }
}

async function openAlone() {
  const random = createRandom(1);
  const phone = await openPhone({
    log: createMemoryDisk().open(),
    around: { ...lookAround(random.next), WebSocket: NoSocket },
    syncUrl: 'ws://alone/sync',
    now: () => NIGHT,
    monotonic: () => NIGHT,
    random: random.next,
    randomBytes: random.bytes,
    onClock: () => undefined,
    onReport: () => undefined,
    onDraftFailed: () => undefined,
  });
  return openIncident(phone, newIncidentId(NIGHT, random.bytes));
}

test('[L2g] going back never cuts an emoji in half', async () => {
  const incident = await openAlone();
  const read = () => incident.doc.read.prose().sections.get('summary');
  for (const wanted of ['Green 😀.', 'Green 😁.', 'Green \u{1fa00}.', '😁😀', '😀', '😁', '']) {
    incident.goBackInProse('summary', wanted);
    expect(read() ?? '').toBe(wanted);
  }
  incident.run({ type: 'log', kind: 'observation', text: 'All 😀', occurred: at(NIGHT) });
  const line = incident.doc.read.timeline()[0];
  if (!line) throw new Error('The line was refused');
  expect(incident.goBack({ ...line, text: 'All 😁' })).toBeNull();
  expect(incident.doc.read.entry(line.id)?.text).toBe('All 😁');
  await incident.close();
});

test('[L2g] what going back could not bring back is told', async () => {
  const incident = await openAlone();
  incident.run({ type: 'log', kind: 'observation', text: 'Pool is full', occurred: at(NIGHT) });
  const line = incident.doc.read.timeline()[0];
  if (!line) throw new Error('The line was refused');
  const occurred = { ...line.occurred, at: Number.NaN };
  const refusal = incident.goBack({ ...line, occurred, text: 'Pool was full' });
  expect(refusal).toEqual({ reason: 'timeUnreadable' });
  expect(incident.doc.read.entry(line.id)).toMatchObject({ text: 'Pool was full' });
  await incident.close();
});
