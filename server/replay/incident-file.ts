/**
 * An incident as a file tells it: title, zone, entries in the order they were written down, and the moments the
 * figures are read from. What a file may say beside that is passed over.
 */

import { type Instant, isZone, toInstant, type Zone } from '../../shared/domain/time.ts';

export const FILE_TYPES = [
  'alert',
  'impact',
  'hypothesis',
  'action',
  'decision',
  'comms',
  'detected',
  'mitigated',
  'resolved',
  'note',
] as const;
export type FileType = (typeof FILE_TYPES)[number];

export const FILE_PRECISIONS = ['minute', 'approx', 'range', 'day'] as const;
export type FilePrecision = (typeof FILE_PRECISIONS)[number];

export const ANCHORS = ['impactStart', 'detected', 'mitigated', 'impactEnd', 'resolved'] as const;
export type Anchor = (typeof ANCHORS)[number];

export type FileEntry = {
  /** A day-only time is noon of that day in the file's zone. */
  readonly at: Instant;
  readonly atEnd: Instant | null;
  readonly type: FileType;
  readonly text: string;
  readonly actorRole: string | null;
  readonly precision: FilePrecision;
};

export type IncidentFile = {
  readonly title: string;
  readonly zone: Zone;
  readonly entries: readonly FileEntry[];
  /** Null: the file has none, and entries typed detected, mitigated or resolved stand for themselves. */
  readonly anchors: ReadonlyMap<Anchor, Instant> | null;
};

/** A file that is no incident; the message says where and what, for whoever wrote the file. */
export class BadFile extends Error {}

/** @throws BadFile */
export function readIncidentFile(text: string): IncidentFile {
  const file = readObject(parse(text), 'the file');
  const zone = file['timezone'];
  if (!isZone(zone)) throw new BadFile('timezone: an IANA zone such as Europe/London is needed.');
  const { entries, metricAnchors } = file;
  if (!Array.isArray(entries)) throw new BadFile('entries: a list is needed.');
  return {
    title: readText(file['title'], 'title'),
    zone,
    entries: entries.map((entry: unknown, index) => readEntry(entry, `entries[${index}]`, zone)),
    anchors: metricAnchors === undefined ? null : readAnchors(metricAnchors),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadFile(
      `This is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}.`,
    );
  }
}

function readEntry(value: unknown, where: string, zone: Zone): FileEntry {
  const entry = readObject(value, where);
  const type = FILE_TYPES.find((known) => known === entry['type']);
  if (!type) throw new BadFile(`${where}.type: one of ${FILE_TYPES.join(', ')} is needed.`);
  const precision = FILE_PRECISIONS.find((known) => known === (entry['precision'] ?? 'minute'));
  if (!precision) {
    throw new BadFile(`${where}.precision: one of ${FILE_PRECISIONS.join(', ')} is needed.`);
  }
  const role = entry['actorRole'];
  const at = readInstant(entry['at'], `${where}.at`);
  const atEnd = precision === 'range' ? readInstant(entry['atEnd'], `${where}.atEnd`) : null;
  if (atEnd !== null && atEnd < at) throw new BadFile(`${where}.atEnd: it is before at.`);
  return {
    at: precision === 'day' ? toNoon(String(entry['at']), zone) : at,
    atEnd,
    type,
    text: readText(entry['text'], `${where}.text`),
    actorRole: typeof role === 'string' && role.trim() !== '' ? role : null,
    precision,
  };
}

function readAnchors(value: unknown): ReadonlyMap<Anchor, Instant> {
  const anchors = readObject(value, 'metricAnchors');
  const found = new Map<Anchor, Instant>();
  for (const anchor of ANCHORS) {
    const at = anchors[anchor];
    if (at == null) continue;
    found.set(anchor, readInstant(at, `metricAnchors.${anchor}`));
  }
  return found;
}

function readObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadFile(`${where}: an object is needed.`);
  }
  return Object.fromEntries(Object.entries(value));
}

function readText(value: unknown, where: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new BadFile(`${where}: a text is needed.`);
}

/** RFC 3339, with its offset: a time without one is nobody's. */
function readInstant(value: unknown, where: string): Instant {
  const isDateTime =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(value);
  const at = isDateTime ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new BadFile(`${where}: a date and time such as 2018-10-21T22:52:00Z is needed.`);
  }
  return at;
}

/** The date as it is written: a clock beside a day means nothing, and must not move it over midnight. */
function toNoon(at: string, zone: Zone): Instant {
  const [year = 0, month = 1, day = 1] = at.slice(0, 10).split('-').map(Number);
  return toInstant({ year, month, day, hour: 12, minute: 0, second: 0 }, zone);
}
