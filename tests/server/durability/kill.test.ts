import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../server/storage/open-sqlite.ts';
import { createIncidentDoc, type IncidentDoc } from '../../../shared/doc/incident-doc.ts';
import { type IncidentId, newIncidentId } from '../../../shared/domain/id.ts';
import { rounds } from '../../support/counts.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { newFolder } from '../../support/folder.ts';
import { createRandom, newSeed, type Random } from '../../support/random.ts';
import { type ServerProcess, startProcess } from '../../support/server-process.ts';
import {
  connectReader,
  connectWriter,
  findMissing,
  type Reader,
  readIncident,
  textsOf,
  type Writer,
} from '../../support/witness.ts';

const KILLS = rounds({ usual: 100, long: 1000 });
const INCIDENTS = 2;
const WRITERS = 3;
const IN_FLIGHT = 4;
/** A round is killed after at most so many acknowledgements, and then some part of a few milliseconds. */
const MAX_ACKNOWLEDGED = 300;
const MAX_DELAY_MILLIS = 4;

/** One incident in one round, with everybody who was there. */
type Scene = {
  readonly id: IncidentId;
  readonly writers: readonly Writer[];
  readonly reader: Reader;
};

/** What the server has to give back. */
type Promised = { acknowledged: Uint8Array[]; seen: readonly Uint8Array[]; lines: string[] };

test(`[DU1] ${KILLS} kills under load lose nothing that was acknowledged and nothing another had seen`, async () => {
  const seed = newSeed();
  const random = createRandom(seed);
  const dataDir = newFolder();
  const promisedOf = new Map<IncidentId, Promised>();
  const story = `seed ${seed}`;
  let last: readonly IncidentId[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    const server = await startProcess({ DATA_DIR: dataDir });
    // The next round already writes while the last one is read back, as after a real restart.
    const scenes = await Promise.all(
      Array.from({ length: INCIDENTS }, () => openScene(server, round, random)),
    );
    const enough = acknowledge(scenes, 1 + random.below(MAX_ACKNOWLEDGED));
    for (const id of last) {
      const doc = await readIncident(`${server.syncUrl}/${id}`);
      expectKept(doc, promisedOf.get(id), `${story}, round ${round}`);
    }
    await enough;
    await later(random.next() * MAX_DELAY_MILLIS); // a moment that has nothing to do with what just came
    await server.kill();
    for (const scene of scenes) promisedOf.set(scene.id, await endScene(scene));
    last = scenes.map(({ id }) => id);
  }
  await expectAllOnDisk(dataDir, promisedOf, story);
  const all = [...promisedOf.values()];
  const acknowledged = all.reduce((sum, promised) => sum + promised.acknowledged.length, 0);
  const seen = all.reduce((sum, promised) => sum + promised.seen.length, 0);
  console.info(
    `[DU1] ${KILLS} kills, ${story}: ${acknowledged} acknowledged, ${seen} seen, 0 lost`,
  );
});

async function openScene(server: ServerProcess, round: number, random: Random): Promise<Scene> {
  const id = newIncidentId(NIGHT, random.bytes);
  const url = `${server.syncUrl}/${id}`;
  const reader = await connectReader(url);
  const writers: Writer[] = [];
  for (let index = 0; index < WRITERS; index += 1) {
    const writer = await connectWriter(url, createDevice(`W${index}`, random.below(2 ** 31)));
    let count = 0;
    const keepWriting = (): void => {
      while (writer.isOpen() && writer.written.length - writer.acknowledged.length < IN_FLIGHT) {
        count += 1;
        const { id: entry } = writer.write(`round ${round}, writer ${index}, line ${count}`);
        if (count % 5 === 0) writer.change({ type: 'retract', entry });
      }
    };
    writer.onAcknowledged = keepWriting;
    writer.device.declare();
    keepWriting();
    writers.push(writer);
  }
  return { id, writers, reader };
}

/** Resolves once so many changes are acknowledged in all scenes together. */
function acknowledge(scenes: readonly Scene[], wanted: number): Promise<void> {
  const writers = scenes.flatMap((scene) => scene.writers);
  return new Promise((resolve) => {
    for (const writer of writers) {
      const { onAcknowledged } = writer;
      writer.onAcknowledged = () => {
        onAcknowledged();
        const sum = writers.reduce((total, { acknowledged }) => total + acknowledged.length, 0);
        if (sum >= wanted) resolve();
      };
    }
  });
}

/** What had arrived before the process was gone still counts, so every socket is read to its end. */
async function endScene({ writers, reader }: Scene): Promise<Promised> {
  await Promise.all([...writers.map(({ closed }) => closed), reader.closed]);
  const acknowledged = writers.flatMap((writer) => writer.acknowledged);
  for (const writer of writers) writer.device.doc.destroy();
  return {
    acknowledged: acknowledged.map(({ update }) => update),
    seen: reader.seen,
    lines: acknowledged.map(({ text }) => text).filter((text) => text !== ''),
  };
}

function expectKept(doc: IncidentDoc, promised: Promised | undefined, when: string): void {
  if (!promised) throw new Error('Nothing was promised');
  const texts = textsOf(doc);
  expect(
    {
      unreadable: promised.lines.filter((line) => !texts.has(line)),
      acknowledgedAndLost: findMissing(doc, promised.acknowledged).length,
      seenAndLost: findMissing(doc, promised.seen).length,
    },
    when,
  ).toEqual({ unreadable: [], acknowledgedAndLost: 0, seenAndLost: 0 });
}

/** A later round must not have harmed an earlier one either. */
async function expectAllOnDisk(
  dataDir: string,
  promisedOf: ReadonlyMap<IncidentId, Promised>,
  when: string,
): Promise<void> {
  const store = openSqliteStore(dataDir, Date.now);
  for (const [id, promised] of promisedOf) {
    const { snapshot, updates, damaged } = await store.read(id);
    expect(damaged).toBe(0);
    const doc = createIncidentDoc();
    for (const { bytes } of snapshot ? [snapshot, ...updates] : updates)
      doc.apply(bytes, 'storage');
    expectKept(doc, promised, `${when}, at the end`);
    doc.destroy();
  }
  await store.close();
}
