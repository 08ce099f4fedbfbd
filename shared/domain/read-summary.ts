/** Summaries that came over the network or out of a database, read without trusting them. */

import { isIncidentKind } from './incident.ts';
import { isKind } from './kind.ts';
import { isSeverity } from './severity.ts';
import { isStatus } from './status.ts';
import { type IncidentSummary, type LastLine, SOMEBODY } from './summary.ts';
import { type Instant, isInstant, isZoneName } from './time.ts';

/** @returns null when there is no incident to show in it */
export function readSummary(value: unknown): IncidentSummary | null {
  const read = toRecord(value);
  const { id, title, declaredAt, size } = read;
  if (typeof id !== 'string' || typeof title !== 'string' || !isInstant(declaredAt)) return null;
  const start = toRecord(read['clockStart']);
  const from = start['from'];
  return {
    id,
    title,
    kind: isIncidentKind(read['kind']) ? read['kind'] : 'real',
    homeZone: isZoneName(read['homeZone']) ? read['homeZone'] : 'UTC',
    severity: isSeverity(read['severity']) ? read['severity'] : null,
    status: isStatus(read['status']) ? read['status'] : 'investigating',
    declaredAt,
    clockStart: {
      at: isInstant(start['at']) ? start['at'] : declaredAt,
      from: from === 'impactStarted' || from === 'detected' ? from : 'declared',
    },
    resolvedAt: isInstant(read['resolvedAt']) ? read['resolvedAt'] : null,
    hurt: toList(read['hurt']).flatMap((span) => {
      const { from: begin, to } = toRecord(span);
      return isInstant(begin) ? [{ from: begin, to: isInstant(to) ? to : null }] : [];
    }),
    milestones: toInstants(read['milestones']),
    ticks: toInstants(read['ticks']),
    entryCount: typeof read['entryCount'] === 'number' ? read['entryCount'] : 0,
    people: toList(read['people']).flatMap((entry) => {
      const { person, name } = toRecord(entry);
      return typeof person === 'string' && typeof name === 'string' ? [{ person, name }] : [];
    }),
    last: readLastLine(read['last']),
    size: typeof size === 'number' ? size : 0,
  };
}

function readLastLine(value: unknown): LastLine | null {
  const { at, person, name, kind, headline } = toRecord(value);
  if (!isInstant(at) || typeof headline !== 'string' || typeof person !== 'string') return null;
  return {
    at,
    person,
    name: typeof name === 'string' ? name : SOMEBODY,
    kind: isKind(kind) ? kind : 'unknown',
    headline,
  };
}

function toInstants(value: unknown): readonly Instant[] {
  return toList(value).filter(isInstant);
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
