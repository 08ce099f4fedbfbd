import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../server/storage/open-sqlite.ts';
import { createIncidentDoc } from '../../../shared/doc/incident-doc.ts';
import type { StoredUpdate } from '../../../shared/doc/update-log.ts';
import { type IncidentId, newIncidentId } from '../../../shared/domain/id.ts';
import { rounds } from '../../support/counts.ts';
import { createDevice, NIGHT } from '../../support/device.ts';
import { newFolder } from '../../support/folder.ts';
import { createRandom, newSeed, type Random } from '../../support/random.ts';
import { startProcess } from '../../support/server-process.ts';
import { readWal } from '../../support/wal.ts';
import { connectWriter } from '../../support/witness.ts';

const TRIALS = rounds({ usual: 300, long: 5000 });
const INCIDENTS = 3;
/** Each is a transaction of its own; together they stay below the 1,000 pages after which SQLite starts the log over. */
const LINES = 120;
/** Damage falls into this last part of the log. */
const TAIL = 0.6;

/** What the server committed, in the order of the commits. */
type Committed = { readonly id: IncidentId; readonly update: Uint8Array };

test(`[DU4] ${TRIALS} damaged tails of the log: it opens, holds all commits before the damage, and no hole`, async () => {
  const seed = newSeed();
  const random = createRandom(seed);
  const dataDir = newFolder();
  const committed = await fillAndKill(dataDir, random);
  const wal = readFileSync(join(dataDir, 'logline.sqlite-wal'));
  const { commitEnds } = readWal(wal);
  // The tables come first, and rows of the directory are committed in between, whenever it suits the server.
  const rowsAfter = [0, ...commitEnds.map((end) => countRows(dataDir, wal.subarray(0, end)))];
  expect(new Set(rowsAfter)).toEqual(new Set(Array.from({ length: LINES + 1 }, (_, rows) => rows)));
  expect(rowsAfter.at(-1)).toBe(committed.length);

  const lost = new Set<number>();
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const at = Math.floor(wal.length * (1 - random.next() * TAIL));
    const damaged = damage(wal, at, random);
    const intact = commitEnds.filter((end) => end <= damaged.from).length;
    const survivors = committed.slice(0, rowsAfter[intact]);
    const folder = copyWith(dataDir, damaged.bytes, `trial-${trial}`);
    await expectPrefix(folder, survivors, `seed ${seed}, trial ${trial}, ${damaged.how} at ${at}`);
    rmSync(folder, { recursive: true });
    lost.add(committed.length - survivors.length);
  }
  expect(lost.size).toBeGreaterThan(20); // the damage fell into many different commits
  console.info(
    `[DU4] ${TRIALS} trials, seed ${seed}: the damage cost the last 0 to ${Math.max(...lost)} commits, none before it`,
  );
});

async function fillAndKill(dataDir: string, random: Random): Promise<readonly Committed[]> {
  const server = await startProcess({ DATA_DIR: dataDir });
  const committed: Committed[] = [];
  const ids = Array.from({ length: INCIDENTS }, () => newIncidentId(NIGHT, random.bytes));
  const writers = await Promise.all(
    ids.map(async (id, index) => {
      const writer = await connectWriter(`${server.syncUrl}/${id}`, createDevice(`W${index}`));
      return { id, writer };
    }),
  );
  for (let line = 0; line < LINES; line += 1) {
    const { id, writer } = random.pick(writers);
    writer.write(`Line ${line}${', and the pool is full'.repeat(random.below(20))}`);
    await writer.settled();
    const update = writer.written.at(-1)?.update;
    if (update) committed.push({ id, update });
  }
  await server.kill();
  return committed;
}

/** @returns a folder with the database and this log of it */
function copyWith(dataDir: string, wal: Uint8Array, name: string): string {
  const folder = join(dataDir, name);
  mkdirSync(folder);
  copyFileSync(join(dataDir, 'logline.sqlite'), join(folder, 'logline.sqlite'));
  writeFileSync(join(folder, 'logline.sqlite-wal'), wal);
  return folder;
}

/** How many updates there were when the log was no longer than this. */
function countRows(dataDir: string, wal: Uint8Array): number {
  const folder = copyWith(dataDir, wal, 'prefix');
  const db = new DatabaseSync(join(folder, 'logline.sqlite'));
  try {
    const isMade = db.prepare(`select 1 from sqlite_schema where name = 'updates'`).get();
    return isMade ? Number(db.prepare('select count(*) as rows from updates').get()?.['rows']) : 0;
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

/** @returns the log as a bad disk leaves it, and the first byte that is not what was written */
function damage(
  wal: Buffer,
  at: number,
  random: Random,
): { readonly bytes: Buffer; readonly from: number; readonly how: string } {
  const bytes = Buffer.from(wal);
  const end = Math.min(bytes.length, at + 1 + random.below(5000));
  const how = random.pick(['cut', 'flip', 'zero', 'noise']);
  if (how === 'cut') return { bytes: bytes.subarray(0, at), from: at, how };
  if (how === 'flip') {
    const place = Math.min(at, bytes.length - 1);
    bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << random.below(8)), place);
  } else if (how === 'zero') bytes.fill(0, at, end);
  else random.bytes(new Uint8Array(bytes.buffer, bytes.byteOffset + at, end - at));
  const from = bytes.findIndex((byte, index) => byte !== wal[index]);
  return { bytes, from: from < 0 ? wal.length : from, how };
}

async function expectPrefix(
  folder: string,
  survivors: readonly Committed[],
  when: string,
): Promise<void> {
  const store = openSqliteStore(folder, () => NIGHT);
  try {
    const ids = new Set(survivors.map(({ id }) => id));
    for (const id of ids) {
      const { updates, damaged } = await store.read(id);
      const wanted = survivors.filter((row) => row.id === id).map(({ update }) => update);
      expect(damaged, when).toBe(0);
      expect(positionsOf(updates), when).toEqual(wanted.map((_update, index) => index + 1));
      expect(
        updates.every(({ bytes }, index) => Buffer.from(bytes).equals(wanted[index] ?? bytes)),
        when,
      ).toBe(true);
      const doc = createIncidentDoc();
      for (const { bytes } of updates) doc.apply(bytes, 'storage');
      expect(doc.isWaiting(), when).toBe(false);
      doc.destroy();
      // And it goes on where it stopped.
      const next = await store.append([{ doc: id, bytes: new Uint8Array([0, 0]) }]);
      expect(next, when).toEqual([wanted.length + 1]);
    }
  } finally {
    await store.close();
  }
}

function positionsOf(updates: readonly StoredUpdate[]): readonly number[] {
  return updates.map(({ position }) => position);
}
