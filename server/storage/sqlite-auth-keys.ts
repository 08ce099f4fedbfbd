/** Passkeys and tokens, on the connection of `sqlite-auth.ts`. */

import type { SQLInputValue } from 'node:sqlite';
import type { AuditNote, AuthStore } from './auth-store.ts';
import { type Row, toApiToken, toPasskey } from './sqlite-auth-rows.ts';

type Keys = Pick<
  AuthStore,
  | 'addPasskey'
  | 'readPasskey'
  | 'readPasskeys'
  | 'usePasskey'
  | 'removePasskey'
  | 'addToken'
  | 'readToken'
  | 'readTokens'
  | 'touchToken'
  | 'revokeToken'
>;

export function keepKeys({
  run,
  first,
  all,
  noted,
}: {
  readonly run: (text: string, ...values: SQLInputValue[]) => number;
  readonly first: (text: string, ...values: SQLInputValue[]) => Row | undefined;
  readonly all: (text: string, ...values: SQLInputValue[]) => readonly Row[];
  /** A change and its line of the audit log. */
  readonly noted: (entry: AuditNote, act: () => void) => Promise<void>;
}): Keys {
  return {
    addPasskey: (key, entry) =>
      noted(entry, () => {
        const { id, account, publicKey, counter, transports, label, createdAt, usedAt } = key;
        const words = JSON.stringify(transports);
        run(
          'insert into passkeys values (?, ?, ?, ?, ?, ?, ?, ?)',
          ...[id, account, publicKey, counter, words, label, createdAt, usedAt],
        );
      }),
    readPasskey: async (id) => {
      const row = first('select * from passkeys where id = ?', id);
      return row ? toPasskey(row) : null;
    },
    readPasskeys: async (account) =>
      all('select * from passkeys where account = ? order by created_at', account).map(toPasskey),
    usePasskey: async (id, counter, at) => {
      run('update passkeys set counter = ?, used_at = ? where id = ?', counter, at, id);
    },
    removePasskey: (id, entry) => noted(entry, () => run('delete from passkeys where id = ?', id)),

    addToken: ({ id, hash, name, incident, right, by, createdAt, usedAt }, entry) =>
      noted(entry, () =>
        run(
          'insert into tokens values (?, ?, ?, ?, ?, ?, ?, ?)',
          ...[id, hash, name, incident, right, by, createdAt, usedAt],
        ),
      ),
    readToken: async (hash) => {
      const row = first('select * from tokens where hash = ?', hash);
      return row ? toApiToken(row) : null;
    },
    readTokens: async () => all('select * from tokens order by created_at desc').map(toApiToken),
    touchToken: async (id, at) => {
      run('update tokens set used_at = ? where id = ?', at, id);
    },
    revokeToken: (id, entry) => noted(entry, () => run('delete from tokens where id = ?', id)),
  };
}
