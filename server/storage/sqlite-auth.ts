/** Accounts and what lets them in, on SQLite: the connection and the rules of `sqlite-store.ts`. */

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { toAuditHash } from './audit-chain.ts';
import type { AuditNote, AuthStore, Invitation, Newcomer, Session } from './auth-store.ts';
import { keepKeys } from './sqlite-auth-keys.ts';
import {
  type Row,
  toAccount,
  toAuditRow,
  toGrant,
  toInvitation,
  toSession,
} from './sqlite-auth-rows.ts';

const HAS_OWNER = "select 1 from accounts where role = 'owner' and suspended = 0";
/** Whoever acts has a name in the log, also after the account changed. */
const ADD_ACCOUNT =
  'insert into accounts (id, name, role, suspended, created_at) values (?, ?, ?, ?, ?)';
const ADD_SESSION = 'insert into sessions values (?, ?, ?, ?, ?, ?, ?, ?, ?)';
const PUT_GRANT = 'insert or replace into grants values (?, ?, ?, ?, ?)';

export function createSqliteAuth(db: DatabaseSync, now: () => number): AuthStore {
  const prepared = new Map<string, StatementSync>();

  function sql(text: string): StatementSync {
    const known = prepared.get(text) ?? db.prepare(text);
    prepared.set(text, known);
    return known;
  }
  const run = (text: string, ...values: SQLInputValue[]): number =>
    Number(sql(text).run(...values).changes);
  const first = (text: string, ...values: SQLInputValue[]): Row | undefined =>
    sql(text).get(...values);
  const all = (text: string, ...values: SQLInputValue[]): readonly Row[] =>
    sql(text).all(...values);

  /** All of it or nothing: `false` and a throw undo what was done. */
  async function transact<T>(act: () => T): Promise<T> {
    run('begin immediate');
    try {
      const result = act();
      run(result === false ? 'rollback' : 'commit');
      return result;
    } catch (cause) {
      if (db.isTransaction) run('rollback');
      throw cause;
    }
  }

  function note({ actor, act, about, detail }: AuditNote): void {
    const last = first('select number, hash from audit order by number desc limit 1');
    const number = Number(last?.['number'] ?? 0) + 1;
    const row = { number, at: now(), actor, act, about, detail };
    const hash = toAuditHash(String(last?.['hash'] ?? ''), row);
    run(
      'insert into audit values (?, ?, ?, ?, ?, ?, ?)',
      number,
      row.at,
      actor,
      act,
      about,
      detail,
      hash,
    );
  }

  const noted = (entry: AuditNote, act: () => void): Promise<void> =>
    transact(() => {
      act();
      note(entry);
    });

  function addSession(session: Session): void {
    const { hash, id, account, label, createdAt, seenAt, expiresAt, provenAt } = session;
    const times = [createdAt, seenAt, expiresAt, provenAt];
    run(ADD_SESSION, hash, id, account, label, ...times, session.invitation);
  }

  function adopt(account: string, person: string): boolean {
    const owner = first('select account from persons where person = ?', person);
    if (owner) return owner['account'] === account;
    const place = first('select count(*) as n from persons where account = ?', account);
    run('insert into persons values (?, ?, ?)', person, account, Number(place?.['n']));
    return true;
  }

  function addNewcomer({ account, session, person, spare }: Newcomer): void {
    const { id, name, role, isSuspended, createdAt } = account;
    run(ADD_ACCOUNT, id, name, role, isSuspended ? 1 : 0, createdAt);
    addSession(session);
    if (person === null || !adopt(id, person)) adopt(id, spare);
  }

  /** @returns false when there is no use of it left */
  function spend({ id }: Invitation, at: number): boolean {
    return (
      run(
        `update invitations set uses = uses + 1
         where id = ? and uses < max_uses and revoked = 0 and expires_at > ?`,
        id,
        at,
      ) === 1
    );
  }

  /** Nobody has less by being invited once more. */
  function grantBy({ id, incident, right, expiresAt }: Invitation, account: string): void {
    if (incident === null) return;
    const row = first('select * from grants where account = ? and incident = ?', account, incident);
    const held = row ? toGrant(row) : null;
    const isHeld = held !== null && (held.expiresAt === null || held.expiresAt > now());
    const best = isHeld && held.right === 'log' ? 'log' : right;
    if (isHeld && held.expiresAt === null) {
      run(PUT_GRANT, account, incident, best, null, held.invitation);
      return;
    }
    const until = Math.max(expiresAt, isHeld ? (held.expiresAt ?? 0) : 0);
    run(PUT_GRANT, account, incident, best, until, id);
    // A guest who is invited again stays for as long as that says.
    run(
      `update sessions set expires_at = ?, invitation = ?
       where account = ? and invitation is not null and expires_at < ?`,
      ...[until, id, account, until],
    );
  }

  /** Somebody must be left who can let people in. */
  const keepsOwner = (): boolean => first(HAS_OWNER) !== undefined;

  return {
    hasOwner: async () => keepsOwner(),
    putClaim: (hash, expiresAt) =>
      transact(() => {
        run('delete from claims');
        run('insert into claims values (?, ?)', hash, expiresAt);
      }),
    claim: (hash, at, owner) =>
      transact(() => {
        if (keepsOwner()) return false;
        if (run('delete from claims where hash = ? and expires_at > ?', hash, at) === 0)
          return false;
        addNewcomer(owner);
        const { id } = owner.account;
        note({ actor: id, act: 'claimed', about: id, detail: '' });
        return true;
      }),

    async readSession(hash) {
      const row = first('select * from sessions where hash = ?', hash);
      const account = row && first('select * from accounts where id = ?', String(row['account']));
      if (!row || !account) return null;
      const persons = all(
        'select person from persons where account = ? order by position',
        String(row['account']),
      );
      return {
        session: toSession(row),
        account: toAccount(account),
        persons: persons.map(({ person }) => String(person)),
      };
    },
    readSessions: async (account) =>
      all('select * from sessions where account = ? order by seen_at desc', account).map(toSession),
    addSession: (session, entry) => noted(entry, () => addSession(session)),
    touchSession: async (hash, seenAt) => {
      run('update sessions set seen_at = ? where hash = ?', seenAt, hash);
    },
    endSession: (id, entry) => noted(entry, () => run('delete from sessions where id = ?', id)),

    readAccounts: async () => all('select * from accounts order by created_at, id').map(toAccount),
    rename: async (account, name) => {
      run('update accounts set name = ? where id = ?', name, account);
    },
    changeRole: (account, role, entry) =>
      transact(() => {
        run('update accounts set role = ? where id = ?', role, account);
        note(entry);
        return keepsOwner();
      }),
    suspend: (account, isSuspended, entry) =>
      transact(() => {
        run('update accounts set suspended = ? where id = ?', isSuspended ? 1 : 0, account);
        if (isSuspended) run('delete from sessions where account = ?', account);
        note(entry);
        return keepsOwner();
      }),

    addInvitation: (one, entry) =>
      noted(entry, () => {
        const { id, hash, codeHash, codeExpiresAt, role, incident, right, account, by } = one;
        run(
          'insert into invitations values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ...[id, hash, codeHash, codeExpiresAt, role, incident, right, account, by],
          ...[one.createdAt, one.expiresAt, one.maxUses, one.uses, one.isRevoked ? 1 : 0],
        );
      }),
    findInvitation: async (hash) => {
      const row =
        first('select * from invitations where hash = ?', hash) ??
        first('select * from invitations where code_hash = ? and code_expires_at > ?', hash, now());
      return row ? toInvitation(row) : null;
    },
    readInvitations: async () =>
      all('select * from invitations order by created_at desc').map(toInvitation),
    join: (invitation, at, newcomer) =>
      transact(() => {
        if (!spend(invitation, at)) return false;
        const { id } = newcomer.account;
        if (invitation.account === null) addNewcomer(newcomer);
        else addSession(newcomer.session);
        grantBy(invitation, id);
        note({ actor: id, act: 'joined', about: invitation.id, detail: invitation.role });
        return true;
      }),
    accept: (invitation, at, account) =>
      transact(() => {
        if (!spend(invitation, at)) return false;
        grantBy(invitation, account);
        note({ actor: account, act: 'joined', about: invitation.id, detail: invitation.role });
        return true;
      }),
    revokeInvitation: (id, entry) =>
      transact(() => {
        run('update invitations set revoked = 1 where id = ?', id);
        const lost = all(
          `select account from grants where invitation = ?1
           union select account from sessions where invitation = ?1`,
          id,
        );
        run('delete from grants where invitation = ?', id);
        run('delete from sessions where invitation = ?', id);
        note(entry);
        return lost.map(({ account }) => String(account));
      }),

    readGrants: async (account) =>
      all('select * from grants where account = ?', account).map(toGrant),
    readGrantsOf: async (incident) =>
      all('select * from grants where incident = ? order by account', incident).map(toGrant),
    putGrant: ({ account, incident, right, expiresAt, invitation }, entry) =>
      noted(entry, () => run(PUT_GRANT, account, incident, right, expiresAt, invitation)),
    endGrant: (account, incident, entry) =>
      noted(entry, () =>
        run('delete from grants where account = ? and incident = ?', account, incident),
      ),
    readSensitive: async () =>
      all('select incident from sensitive').map((row) => String(row['incident'])),
    setSensitive: (incident, isSensitive, accounts, entry) =>
      noted(entry, () => {
        if (!isSensitive) run('delete from sensitive where incident = ?', incident);
        else {
          run('insert or ignore into sensitive values (?)', incident);
          run('update invitations set revoked = 1 where incident = ?', incident);
        }
        for (const account of accounts) run(PUT_GRANT, account, incident, 'log', null, null);
      }),
    findAccounts: async (persons) => [
      ...new Set(
        persons.flatMap((person) =>
          all('select account from persons where person = ?', person).map(({ account }) =>
            String(account),
          ),
        ),
      ),
    ],

    ...keepKeys({ run, first, all, noted }),

    note: (entry) => noted(entry, () => undefined),
    readAudit: async (number, limit) =>
      all('select * from audit where number > ? order by number limit ?', number, limit).map(
        toAuditRow,
      ),
  };
}
