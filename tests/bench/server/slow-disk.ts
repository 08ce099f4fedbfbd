/**
 * Loaded before the server's own code, makes its disk a slow one: whatever leaves no transaction open has been flushed,
 * and a flush blocks for 5 ms more. It wraps `node:sqlite` from outside, so that the server itself needs no switch.
 */

import { DatabaseSync } from 'node:sqlite';

const FLUSH_MILLIS = 5;
const never = new Int32Array(new SharedArrayBuffer(4));

const { exec, prepare } = DatabaseSync.prototype;

DatabaseSync.prototype.exec = function (sql) {
  const before = this.isTransaction;
  exec.call(this, sql);
  if (!/^\s*(pragma|rollback)/i.test(sql)) flushUnlessOpen(this, before);
};

DatabaseSync.prototype.prepare = function (sql, options) {
  const db = this;
  const statement = prepare.call(this, sql, options);
  const { run } = statement;
  statement.run = new Proxy(run, {
    apply(_run, _statement, values) {
      const result = Reflect.apply(run, statement, values);
      flushUnlessOpen(db, true);
      return result;
    },
  });
  return statement;
};

function flushUnlessOpen(db: DatabaseSync, mayHaveWritten: boolean): void {
  if (mayHaveWritten && !db.isTransaction) Atomics.wait(never, 0, 0, FLUSH_MILLIS);
}
