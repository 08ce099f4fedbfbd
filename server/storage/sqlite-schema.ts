/** The tables, and the steps that lead an older database to them. A step, once released, is never changed. */

import type { DatabaseSync } from 'node:sqlite';

const STEPS: readonly string[] = [
  `create table docs (doc text primary key, head integer not null) without rowid, strict;
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
   create index incidents_by_rev on incidents (rev);`,
  `alter table updates add column person text not null default '';
   alter table updates add column device text not null default '';
   alter table updates add column relayed integer not null default 0;
   alter table docs add column summarized integer not null default 0;
   create table archive (
     doc text not null, position integer not null, checksum integer not null, bytes blob not null,
     primary key (doc, position)
   ) strict;
   create table clients (
     doc text not null, client integer not null, device text not null,
     primary key (doc, client)
   ) without rowid, strict;
   create table seen (
     doc text not null, person text not null, position integer not null,
     primary key (doc, person)
   ) without rowid, strict;
   create table settings (key text primary key, value integer not null) without rowid, strict;`,
];

/** @throws Error when the database is from a newer version of the server */
export function migrate(db: DatabaseSync): void {
  const done = Number(db.prepare('pragma user_version').get()?.['user_version'] ?? 0);
  if (done > STEPS.length) {
    throw new Error(
      `This database was written by a newer Logline (its step ${done}, this one knows ${STEPS.length}). Start that version, or restore a backup.`,
    );
  }
  for (const [index, step] of STEPS.entries()) {
    if (index < done) continue;
    db.exec(`begin immediate; ${step} pragma user_version = ${index + 1}; commit;`);
  }
}
