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
  `create table accounts (
     id text primary key, name text not null,
     role text not null check (role in ('owner', 'responder', 'viewer', 'guest')),
     suspended integer not null check (suspended in (0, 1)), created_at integer not null
   ) without rowid, strict;
   create table persons (
     person text primary key, account text not null references accounts, position integer not null
   ) without rowid, strict;
   create index persons_by_account on persons (account, position);
   create table sessions (
     hash text primary key, id text not null unique, account text not null references accounts,
     label text not null, created_at integer not null, seen_at integer not null,
     expires_at integer not null, proven_at integer not null, invitation text
   ) without rowid, strict;
   create index sessions_by_account on sessions (account);
   create table invitations (
     id text primary key, hash text not null unique, code_hash text unique, code_expires_at integer not null,
     role text not null check (role in ('owner', 'responder', 'viewer', 'guest')),
     incident text, incident_right text not null check (incident_right in ('view', 'log')),
     account text, by_account text not null, created_at integer not null, expires_at integer not null,
     max_uses integer not null, uses integer not null, revoked integer not null check (revoked in (0, 1)),
     check ((role = 'guest') = (incident is not null))
   ) without rowid, strict;
   create table grants (
     account text not null references accounts, incident text not null,
     incident_right text not null check (incident_right in ('view', 'log')),
     expires_at integer, invitation text, primary key (account, incident)
   ) without rowid, strict;
   create index grants_by_incident on grants (incident);
   create table sensitive (incident text primary key) without rowid, strict;
   create table passkeys (
     id text primary key, account text not null references accounts, public_key blob not null,
     counter integer not null, transports text not null, label text not null,
     created_at integer not null, used_at integer
   ) without rowid, strict;
   create index passkeys_by_account on passkeys (account);
   create table tokens (
     id text primary key, hash text not null unique, name text not null, incident text,
     incident_right text not null check (incident_right in ('view', 'log')), by_account text not null,
     created_at integer not null, used_at integer
   ) without rowid, strict;
   create table claims (hash text primary key, expires_at integer not null) without rowid, strict;
   create table audit (
     number integer primary key, at integer not null, actor text not null, act text not null,
     about text not null, detail text not null, hash text not null
   ) strict;`,
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
