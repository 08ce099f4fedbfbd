import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newIncidentId } from '../../../shared/domain/id.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { newFolder } from '../../support/folder.ts';
import { longIncident } from '../../support/long-incident.ts';
import { hasProcessFigures, readFigures } from '../../support/process-figures.ts';
import { createRandom } from '../../support/random.ts';
import { connectRaw, offer } from '../../support/raw-client.ts';
import { joinAsPhone } from '../../support/returning-phone.ts';
import { type ServerProcess, startProcess } from '../../support/server-process.ts';
import { readIncident, textsOf } from '../../support/witness.ts';

const WATCHED = join(import.meta.dirname, '..', '..', 'support', 'watched-server.ts');
const PHONES = 500;
const LINES = 500;
const BACK_WITHIN_MILLIS = 10_000;
const MAX_LOOP_MILLIS = 250;
const MAX_RSS_BYTES = 256 * 2 ** 20;

test.skipIf(!hasProcessFigures)(
  `[DU5] after a restart ${PHONES} phones are in step again within ten seconds, and the server never stalls`,
  async () => {
    const dataDir = newFolder();
    const before = await startProcess({ DATA_DIR: dataDir }, WATCHED);
    const id = newIncidentId(NIGHT, createRandom(3).bytes);
    const incident = longIncident(LINES);
    await offer(await connectRaw(`${before.syncUrl}/${id}`), incident, 1);
    const random = createRandom(7);
    const phones = Array.from({ length: PHONES }, (_, client) =>
      joinAsPhone({
        url: `${before.syncUrl}/${id}`,
        client,
        stateVector: incident.doc.encodeStateVector(),
        random: random.next,
      }),
    );
    await Promise.all(phones.map((phone) => phone.inStep()));

    await before.kill();
    // Everybody wrote a line while the server was away.
    for (const [index, phone] of phones.entries()) {
      const device = createDevice(`P${index}`, index + 1);
      device.log(`Written by phone ${index}`);
      phone.unsent = device.doc.encode();
      device.doc.destroy();
    }
    const after = await startProcess({ DATA_DIR: dataDir, PORT: before.port }, WATCHED);
    const start = performance.now();
    await Promise.all(phones.map((phone) => phone.inStep()));
    const tookMillis = performance.now() - start;
    const maxLoopMillis = await askMaxLoop(after);
    const { rssBytes } = readFigures(after.pid);
    console.info(
      `[DU5] ${PHONES} phones back in ${Math.round(tookMillis)} ms, event loop held up at most ${Math.round(maxLoopMillis)} ms, ${Math.round(rssBytes / 2 ** 20)} MiB`,
    );
    expect(tookMillis).toBeLessThan(BACK_WITHIN_MILLIS);
    expect(maxLoopMillis).toBeLessThan(MAX_LOOP_MILLIS);
    expect(rssBytes).toBeLessThan(MAX_RSS_BYTES);
    const texts = textsOf(await readIncident(`${after.syncUrl}/${id}`));
    expect(phones.filter((_phone, index) => !texts.has(`Written by phone ${index}`))).toEqual([]);
  },
);

async function askMaxLoop(server: ServerProcess): Promise<number> {
  const answer = once(server.child, 'message');
  server.child.send('figures');
  const [figures]: unknown[] = await answer;
  if (typeof figures !== 'object' || figures === null || !('maxLoopMillis' in figures)) {
    throw new Error('The server did not say how long its event loop was held up');
  }
  return Number(figures.maxLoopMillis);
}
