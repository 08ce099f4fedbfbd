/** Rows of the account tables as what they mean. */

import { isWorkspaceRole, type WorkspaceRole } from '../../shared/protocol/rights.ts';
import { isAuditAct } from './audit-chain.ts';
import type {
  Account,
  ApiToken,
  AuditRow,
  Grant,
  IncidentRight,
  Invitation,
  Passkey,
  Session,
} from './auth-store.ts';

export type Row = Record<string, unknown>;

export function toAccount(row: Row): Account {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    role: role(row),
    isSuspended: row['suspended'] === 1,
    createdAt: number(row, 'created_at'),
  };
}

export function toSession(row: Row): Session {
  return {
    hash: text(row, 'hash'),
    id: text(row, 'id'),
    account: text(row, 'account'),
    label: text(row, 'label'),
    createdAt: number(row, 'created_at'),
    seenAt: number(row, 'seen_at'),
    expiresAt: number(row, 'expires_at'),
    provenAt: number(row, 'proven_at'),
    invitation: textOrNull(row, 'invitation'),
  };
}

export function toInvitation(row: Row): Invitation {
  return {
    id: text(row, 'id'),
    hash: text(row, 'hash'),
    codeHash: textOrNull(row, 'code_hash'),
    codeExpiresAt: number(row, 'code_expires_at'),
    role: role(row),
    incident: textOrNull(row, 'incident'),
    right: right(row),
    account: textOrNull(row, 'account'),
    by: text(row, 'by_account'),
    createdAt: number(row, 'created_at'),
    expiresAt: number(row, 'expires_at'),
    maxUses: number(row, 'max_uses'),
    uses: number(row, 'uses'),
    isRevoked: row['revoked'] === 1,
  };
}

export function toGrant(row: Row): Grant {
  return {
    account: text(row, 'account'),
    incident: text(row, 'incident'),
    right: right(row),
    expiresAt: numberOrNull(row, 'expires_at'),
    invitation: textOrNull(row, 'invitation'),
  };
}

export function toPasskey(row: Row): Passkey {
  const publicKey = row['public_key'];
  if (!(publicKey instanceof Uint8Array)) throw new Error('A passkey without its key');
  const transports: unknown = JSON.parse(text(row, 'transports'));
  return {
    id: text(row, 'id'),
    account: text(row, 'account'),
    publicKey,
    counter: number(row, 'counter'),
    transports: Array.isArray(transports) ? transports.map(String) : [],
    label: text(row, 'label'),
    createdAt: number(row, 'created_at'),
    usedAt: numberOrNull(row, 'used_at'),
  };
}

export function toApiToken(row: Row): ApiToken {
  return {
    id: text(row, 'id'),
    hash: text(row, 'hash'),
    name: text(row, 'name'),
    incident: textOrNull(row, 'incident'),
    right: right(row),
    by: text(row, 'by_account'),
    createdAt: number(row, 'created_at'),
    usedAt: numberOrNull(row, 'used_at'),
  };
}

export function toAuditRow(row: Row): AuditRow {
  const act = text(row, 'act');
  if (!isAuditAct(act)) throw new Error(`An act this server does not know: ${act}`);
  return {
    number: number(row, 'number'),
    at: number(row, 'at'),
    actor: text(row, 'actor'),
    act,
    about: text(row, 'about'),
    detail: text(row, 'detail'),
    hash: text(row, 'hash'),
  };
}

function role(row: Row): WorkspaceRole {
  const value = row['role'];
  if (!isWorkspaceRole(value)) throw new Error(`No role: ${value}`);
  return value;
}

function right(row: Row): IncidentRight {
  return row['incident_right'] === 'log' ? 'log' : 'view';
}

function text(row: Row, name: string): string {
  return String(row[name]);
}

function textOrNull(row: Row, name: string): string | null {
  return row[name] === null ? null : String(row[name]);
}

function number(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw new Error(`Expected a number from SQLite, got ${value}`);
  return value;
}

function numberOrNull(row: Row, name: string): number | null {
  return row[name] === null ? null : number(row, name);
}
