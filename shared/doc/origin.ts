/** The tuples of `schema.ts`, written and read. Reading trusts nothing: a newer app or a broken one may have written. */

import type { EntryOrigin } from '../domain/change.ts';
import { CLAIMS } from '../domain/claim.ts';
import { type Effect, isServiceState } from '../domain/effect.ts';
import { isMilestone } from '../domain/milestone.ts';
import {
  BASES,
  type ClockReading,
  isOccurred,
  type Occurred,
  PRECISIONS,
} from '../domain/occurred.ts';
import { isRole } from '../domain/role.ts';
import { isSeverity } from '../domain/severity.ts';
import { isStatus } from '../domain/status.ts';
import { DAY, isInstant } from '../domain/time.ts';

export function encodeOrigin(origin: EntryOrigin): readonly unknown[] {
  return [
    ...encodeOccurred(origin.occurred),
    origin.kind,
    CLAIMS.indexOf(origin.claim),
    encodeEffect(origin.effect),
    origin.by,
    origin.device,
    origin.recorded,
    origin.clock?.offset ?? null,
    origin.clock?.error ?? null,
  ];
}

/** @returns null when the tuple cannot be an entry at all */
export function decodeOrigin(value: unknown): EntryOrigin | null {
  if (!Array.isArray(value)) return null;
  const tuple: readonly unknown[] = value;
  const occurred = decodeOccurred(tuple);
  const [kind, claim, effect, by, device, recorded, offset, error] = tuple.slice(5);
  if (!occurred || typeof kind !== 'string' || !isInstant(recorded)) return null;
  if (typeof by !== 'string' || typeof device !== 'string') return null;
  return {
    occurred,
    kind,
    claim: pick(CLAIMS, claim) ?? 'fact',
    effect: decodeEffect(effect),
    by,
    device,
    recorded,
    clock: decodeClock(offset, error),
  };
}

export function encodeOccurred(occurred: Occurred): readonly unknown[] {
  return [
    occurred.at,
    occurred.until,
    occurred.zone,
    PRECISIONS.indexOf(occurred.precision),
    BASES.indexOf(occurred.basis),
  ];
}

export function decodeOccurred(value: unknown): Occurred | null {
  if (!Array.isArray(value)) return null;
  const [at, until, zone, precisionNumber, basisNumber]: readonly unknown[] = value;
  const precision = pick(PRECISIONS, precisionNumber) ?? 'minute';
  const basis = pick(BASES, basisNumber) ?? 'exact';
  if (!isInstant(at) || typeof zone !== 'string') return null;
  const occurred: Occurred = {
    at,
    until: isInstant(until) ? until : null,
    zone,
    precision,
    basis,
  };
  return isOccurred(occurred) ? occurred : null;
}

export function encodeEffect(effect: Effect | null): readonly unknown[] | null {
  switch (effect?.type) {
    case undefined:
      return null;
    case 'milestone':
      return ['m', effect.milestone];
    case 'severity':
      return ['sev', effect.severity];
    case 'status':
      return ['st', effect.status];
    case 'role':
      return ['ro', effect.role, effect.person];
    case 'service':
      return ['sv', effect.service, effect.state];
  }
}

export function decodeEffect(value: unknown): Effect | null {
  if (!Array.isArray(value)) return null;
  const [tag, first, second]: readonly unknown[] = value;
  if (tag === 'm' && isMilestone(first)) return { type: 'milestone', milestone: first };
  if (tag === 'sev' && isSeverity(first)) return { type: 'severity', severity: first };
  if (tag === 'st' && isStatus(first)) return { type: 'status', status: first };
  if (tag === 'ro' && isRole(first)) {
    return { type: 'role', role: first, person: typeof second === 'string' ? second : null };
  }
  if (tag === 'sv' && typeof first === 'string' && isServiceState(second)) {
    return { type: 'service', service: first, state: second };
  }
  return null;
}

/** A century: a phone that lost its battery believes in 1970, and no clock is further off than that. */
const MAX_OFFSET = 100 * 366 * DAY;

function decodeClock(offset: unknown, error: unknown): ClockReading {
  if (typeof offset !== 'number' || !(Math.abs(offset) <= MAX_OFFSET)) return null;
  return { offset, error: typeof error === 'number' && error >= 0 ? error : 0 };
}

function pick<T>(list: readonly T[], index: unknown): T | undefined {
  return typeof index === 'number' ? list[index] : undefined;
}
