/** The audit log as a chain: each row's hash covers the row before, so that none can be changed or taken out unseen. */

import { createHash } from 'node:crypto';
import { AUDIT_ACTS, type AuditAct, type AuditRow } from './auth-store.ts';

/** @param before the hash of the row before, `''` for the first */
export function toAuditHash(before: string, row: Omit<AuditRow, 'hash'>): string {
  const { number, at, actor, act, about, detail } = row;
  const words = JSON.stringify([before, number, at, actor, act, about, detail]);
  return createHash('sha256').update(words).digest('base64url');
}

/**
 * @param before the row these follow; none: they are the first
 * @returns the number of the first row that is not what it was, or null when all are
 */
export function findBrokenRow(rows: readonly AuditRow[], before?: AuditRow): number | null {
  let hash = before?.hash ?? '';
  let expected = (before?.number ?? 0) + 1;
  for (const row of rows) {
    if (row.number !== expected || toAuditHash(hash, row) !== row.hash) return row.number;
    hash = row.hash;
    expected += 1;
  }
  return null;
}

export function isAuditAct(value: unknown): value is AuditAct {
  return AUDIT_ACTS.some((act) => act === value);
}
