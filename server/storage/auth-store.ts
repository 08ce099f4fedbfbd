/**
 * Who there is, what lets them in, and what they did with it. A port, as `Store` is: SQLite today. Each method is one
 * change, all of it or nothing, together with its line of the audit log. Of secrets only their SHA-256 is here, so that
 * a backup lets nobody in. Times are ms since 1970.
 */

import type { WorkspaceRole } from '../../shared/protocol/rights.ts';

/** Somebody the server knows: a person who signs in, or a guest of one incident. */
export type Account = {
  readonly id: string;
  readonly name: string;
  readonly role: WorkspaceRole;
  readonly isSuspended: boolean;
  readonly createdAt: number;
};

/** One signed-in browser. */
export type Session = {
  /** SHA-256 of the cookie, base64url. */
  readonly hash: string;
  readonly id: string;
  readonly account: string;
  /** What the browser calls itself. */
  readonly label: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  /** When its person last proved to be there, by a passkey or a fresh invitation. */
  readonly provenAt: number;
  /** The invitation a guest came by; the session ends with it. */
  readonly invitation: string | null;
};

export type IncidentRight = 'view' | 'log';

/** Lets one account into one incident. */
export type Grant = {
  readonly account: string;
  readonly incident: string;
  readonly right: IncidentRight;
  readonly expiresAt: number | null;
  readonly invitation: string | null;
};

export type Invitation = {
  readonly id: string;
  /** Of the link's secret. */
  readonly hash: string;
  /** Of the code that is typed, and until when it can be. */
  readonly codeHash: string | null;
  readonly codeExpiresAt: number;
  readonly role: WorkspaceRole;
  /** Only for a guest. */
  readonly incident: string | null;
  readonly right: IncidentRight;
  /** The account that gets another device; null for newcomers. */
  readonly account: string | null;
  readonly by: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly maxUses: number;
  readonly uses: number;
  readonly isRevoked: boolean;
};

export type Passkey = {
  /** base64url */
  readonly id: string;
  readonly account: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly label: string;
  readonly createdAt: number;
  readonly usedAt: number | null;
};

export type ApiToken = {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  /** One incident; null: the workspace. */
  readonly incident: string | null;
  readonly right: IncidentRight;
  readonly by: string;
  readonly createdAt: number;
  readonly usedAt: number | null;
};

/** What is written down of an act. Never a secret, never the text of a line. */
export type AuditNote = {
  /** An account, `''` for the server itself or nobody in particular. */
  readonly actor: string;
  readonly act: AuditAct;
  /** What was acted upon: an account, an incident, an invitation. */
  readonly about: string;
  readonly detail: string;
};

export const AUDIT_ACTS = [
  'claimed',
  'invited',
  'invitationRevoked',
  'joined',
  'signedIn',
  'signedOut',
  'deviceRevoked',
  'passkeyAdded',
  'passkeyRemoved',
  'roleChanged',
  'suspended',
  'letBackIn',
  'granted',
  'grantEnded',
  'madeSensitive',
  'madeOrdinary',
  'tokenMade',
  'tokenRevoked',
  'ownerReset',
] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

export type AuditRow = AuditNote & {
  readonly number: number;
  readonly at: number;
  /** SHA-256 over the row before and this one, base64url. */
  readonly hash: string;
};

/** Somebody who comes in for the first time, or on another device. */
export type Newcomer = {
  readonly account: Account;
  readonly session: Session;
  /** The id that the lines of this phone carry; taken where no other account has it. */
  readonly person: string | null;
  /** The id that its lines will carry otherwise. */
  readonly spare: string;
};

export type KnownSession = {
  readonly session: Session;
  readonly account: Account;
  /** Ids that lines of this account carry; the first is the one it writes with. */
  readonly persons: readonly string[];
};

export type AuthStore = {
  hasOwner(): Promise<boolean>;
  /** The one secret that makes the first owner; one before it is worth nothing any more. */
  putClaim(hash: string, expiresAt: number): Promise<void>;
  /** @returns false, having changed nothing, for a wrong or old secret, and when there is an owner already */
  claim(hash: string, at: number, owner: Newcomer): Promise<boolean>;

  readSession(hash: string): Promise<KnownSession | null>;
  readSessions(account: string): Promise<readonly Session[]>;
  addSession(session: Session, note: AuditNote): Promise<void>;
  touchSession(hash: string, seenAt: number): Promise<void>;
  endSession(id: string, note: AuditNote): Promise<void>;

  readAccounts(): Promise<readonly Account[]>;
  rename(account: string, name: string): Promise<void>;
  /** @returns false, having changed nothing, when it would leave nobody who may do it again */
  changeRole(account: string, role: WorkspaceRole, note: AuditNote): Promise<boolean>;
  suspend(account: string, isSuspended: boolean, note: AuditNote): Promise<boolean>;

  addInvitation(invitation: Invitation, note: AuditNote): Promise<void>;
  findInvitation(hash: string): Promise<Invitation | null>;
  readInvitations(): Promise<readonly Invitation[]>;
  /**
   * Spends one use of it. A guest gets the grant; an invitation of another device only the session.
   * @returns false, having changed nothing, when it is spent, over or revoked
   */
  join(invitation: Invitation, at: number, newcomer: Newcomer): Promise<boolean>;
  /** Lets an account in that is known already. */
  accept(invitation: Invitation, at: number, account: string): Promise<boolean>;
  /** @returns the accounts that lost a session or a right by it */
  revokeInvitation(id: string, note: AuditNote): Promise<readonly string[]>;

  readGrants(account: string): Promise<readonly Grant[]>;
  readGrantsOf(incident: string): Promise<readonly Grant[]>;
  putGrant(grant: Grant, note: AuditNote): Promise<void>;
  endGrant(account: string, incident: string, note: AuditNote): Promise<void>;
  readSensitive(): Promise<readonly string[]>;
  /**
   * A sensitive incident is for those who are let into it: from then on `accounts`, who may log.
   * An ordinary one is for everybody again, and keeps its guests.
   */
  setSensitive(
    incident: string,
    isSensitive: boolean,
    accounts: readonly string[],
    note: AuditNote,
  ): Promise<void>;
  /** Whose lines carry these ids. */
  findAccounts(persons: readonly string[]): Promise<readonly string[]>;

  addPasskey(passkey: Passkey, note: AuditNote): Promise<void>;
  readPasskey(id: string): Promise<Passkey | null>;
  readPasskeys(account: string): Promise<readonly Passkey[]>;
  usePasskey(id: string, counter: number, at: number): Promise<void>;
  removePasskey(id: string, note: AuditNote): Promise<void>;

  addToken(token: ApiToken, note: AuditNote): Promise<void>;
  readToken(hash: string): Promise<ApiToken | null>;
  readTokens(): Promise<readonly ApiToken[]>;
  touchToken(id: string, at: number): Promise<void>;
  revokeToken(id: string, note: AuditNote): Promise<void>;

  note(note: AuditNote): Promise<void>;
  /** Rows after `number`, oldest first. */
  readAudit(number: number, limit: number): Promise<readonly AuditRow[]>;
};
