import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { DATABASE_FILE, openSqliteStore } from '../../../server/storage/open-sqlite.ts';
import { toDoc } from '../../../server/sync/room-doc.ts';
import { toChecksum } from '../../../shared/doc/checksum.ts';
import { toSummary } from '../../../shared/domain/summary.ts';
import { createDevice, type Device, NIGHT } from '../../support/device.ts';
import { newFolder } from '../../support/folder.ts';

const CHECKOUT = 'checkout';

/** What the first server made of an empty folder. */
const FIRST_TABLES = `
  create table docs (doc text primary key, head integer not null) without rowid, strict;
  create table updates (
    doc text not null, position integer not null, at integer not null,
    checksum integer not null, bytes blob not null,
    primary key (doc, position)
  ) without rowid, strict;
  create table snapshots (
    doc text not null, position integer not null, at integer not null,
    checksum integer not null, bytes blob not null,
    primary key (doc, position)
  ) strict;
  create table incidents (
    id text primary key, number integer not null unique, rev integer not null, summary text not null
  ) without rowid, strict;
  create index incidents_by_rev on incidents (rev);
  pragma user_version = 1;`;

test('[S36] a database of the first server opens, keeps its incident and is written on', async () => {
  const folder = newFolder();
  const ana = createDevice('Ana');
  writeAsTheFirst(folder, ana);
  const store = openSqliteStore(folder, () => NIGHT);
  expect(toStory(toDoc(await store.read(CHECKOUT)).read.timeline())).toEqual(
    toStory(ana.doc.read.timeline()),
  );
  expect(await store.readDirectory(0, 10)).toMatchObject([{ id: CHECKOUT, number: 7, rev: 9 }]);
  expect(await store.readUnsummarized()).toEqual([CHECKOUT]);
  expect(await store.readHistory(CHECKOUT)).toMatchObject([
    { position: 2, person: '', device: '', isRelayed: false, at: NIGHT },
    { position: 3, person: '', device: '', isRelayed: false, at: NIGHT },
  ]);

  const before = ana.doc.encodeStateVector();
  ana.log('Written after the new server came');
  const actor = { person: ana.person, device: ana.device };
  const update = { doc: CHECKOUT, bytes: ana.doc.encode(before), actor, isRelayed: false };
  const bindings = [{ doc: CHECKOUT, client: ana.doc.ydoc.clientID, device: ana.device }];
  const committed = await store.commit({ updates: [update], bindings, summaries: [summary(ana)] });
  expect(committed).toEqual({ positions: [4], rev: 10 });
  await store.close();

  const again = openSqliteStore(folder, () => NIGHT);
  expect(toStory(toDoc(await again.read(CHECKOUT)).read.timeline())).toEqual(
    toStory(ana.doc.read.timeline()),
  );
  expect((await again.readRows(CHECKOUT)).at(-1)).toMatchObject(actor);
  expect(await again.readBindings(CHECKOUT)).toEqual(bindings);
  expect(await again.readUnsummarized()).toEqual([]);
  await again.close();
});

/** A snapshot for the first row, two rows after it, and the directory's. */
function writeAsTheFirst(folder: string, ana: Device): void {
  const db = new DatabaseSync(join(folder, DATABASE_FILE));
  db.exec(FIRST_TABLES);
  const insert = (table: string, position: number, bytes: Uint8Array): void => {
    db.prepare(
      `insert into ${table} (doc, position, at, checksum, bytes) values (?, ?, ?, ?, ?)`,
    ).run(CHECKOUT, position, NIGHT, toChecksum(bytes), bytes);
  };
  ana.declare();
  insert('snapshots', 1, ana.doc.encode());
  for (const position of [2, 3]) {
    const before = ana.doc.encodeStateVector();
    ana.log(`Line ${position}`);
    insert('updates', position, ana.doc.encode(before));
  }
  db.prepare('insert into docs (doc, head) values (?, 3)').run(CHECKOUT);
  db.prepare('insert into incidents (id, number, rev, summary) values (?, 7, 9, ?)').run(
    CHECKOUT,
    JSON.stringify(summary(ana)),
  );
  db.close();
}

function summary(ana: Device) {
  const made = toSummary(CHECKOUT, ana.doc.read, ana.doc.size());
  if (!made) throw new Error('Nothing to sum up');
  return made;
}

function toStory(entries: readonly { readonly text: string }[]): readonly string[] {
  return entries.map(({ text }) => text);
}
