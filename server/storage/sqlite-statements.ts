/** Every statement the store runs, prepared once. */

import type { DatabaseSync } from 'node:sqlite';

export type Statements = ReturnType<typeof prepare>;

export function prepare(db: DatabaseSync) {
  return {
    begin: db.prepare('begin immediate'),
    commit: db.prepare('commit'),
    takePosition: db.prepare(
      `insert into docs (doc, head) values (?, 1)
       on conflict (doc) do update set head = head + 1 returning head`,
    ),
    insertUpdate: db.prepare(
      `insert into updates (doc, position, at, checksum, bytes, person, device, relayed)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    readUpdates: db.prepare(
      'select position, checksum, bytes from updates where doc = ? and position > ? order by position',
    ),
    readRows: db.prepare(
      `select position, at, checksum, bytes, person, device, relayed from updates
       where doc = ? order by position`,
    ),
    deleteUpdates: db.prepare('delete from updates where doc = ? and position <= ?'),
    readSnapshots: db.prepare(
      'select position, checksum, bytes from snapshots where doc = ? order by position desc',
    ),
    newestSnapshot: db.prepare('select max(position) as position from snapshots where doc = ?'),
    insertSnapshot: db.prepare(
      'insert into snapshots (doc, position, at, checksum, bytes) values (?, ?, ?, ?, ?)',
    ),
    deleteSnapshots: db.prepare(
      `delete from snapshots where doc = :doc and position < :proven
       and exists (select 1 from snapshots where doc = :doc and position = :proven)`,
    ),
    insertArchive: db.prepare(
      'insert into archive (doc, position, checksum, bytes) values (?, ?, ?, ?)',
    ),
    readArchive: db.prepare(
      'select position, checksum, bytes from archive where doc = ? order by position',
    ),
    insertClient: db.prepare(
      `insert into clients (doc, client, device) values (?, ?, ?)
       on conflict (doc, client) do update set device = excluded.device where device = ''`,
    ),
    readClients: db.prepare('select doc, client, device from clients where doc = ?'),
    readRev: db.prepare('select coalesce(max(rev), 0) as rev from incidents'),
    upsertIncident: db.prepare(
      `insert into incidents (id, number, rev, summary)
       values (:id, (select coalesce(max(number), 0) + 1 from incidents), :rev, :summary)
       on conflict (id) do update set rev = :rev, summary = :summary`,
    ),
    markSummarized: db.prepare('update docs set summarized = head where doc = ?'),
    readUnsummarized: db.prepare('select doc from docs where summarized < head'),
    readSummary: db.prepare('select summary from incidents where id = ?'),
    readDirectory: db.prepare(
      'select id, number, rev, summary from incidents where rev > ? order by rev limit ?',
    ),
    writeSeen: db.prepare(
      `insert into seen (doc, person, position) values (?, ?, ?)
       on conflict (doc, person) do update set position = max(position, excluded.position)`,
    ),
    readSeen: db.prepare('select person, position from seen where doc = ?'),
    readSize: db.prepare(
      `select
         (select head from docs where doc = :doc) as position,
         (select count(*) from updates where doc = :doc) as rows,
         (select coalesce(sum(length(bytes)), 0) from updates where doc = :doc) as rowBytes,
         coalesce((select length(bytes) from snapshots where doc = :doc
                   order by position desc limit 1), 0) as snapshotBytes`,
    ),
    readSetting: db.prepare('select value from settings where key = ?'),
  };
}
