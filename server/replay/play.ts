/** Plays an incident file through the commands the screens use, into a fresh document. The same file, the same bytes. */

import { createIncidentDoc, type IncidentDoc } from '../../shared/doc/incident-doc.ts';
import { runCommand } from '../../shared/doc/run-command.ts';
import type { Command } from '../../shared/domain/command.ts';
import {
  createEntryIds,
  type EntryId,
  newOwnerId,
  type PersonId,
  type RandomBytes,
} from '../../shared/domain/id.ts';
import type { Kind } from '../../shared/domain/kind.ts';
import type { Milestone } from '../../shared/domain/milestone.ts';
import type { Occurred, Precision } from '../../shared/domain/occurred.ts';
import { toSentence } from '../../shared/domain/refusal.ts';
import { type Instant, SECOND, type Zone } from '../../shared/domain/time.ts';
import {
  type Anchor,
  BadFile,
  type FileEntry,
  type FilePrecision,
  type FileType,
  type IncidentFile,
} from './incident-file.ts';

const KINDS: Readonly<Record<FileType, Kind>> = {
  alert: 'alert',
  impact: 'impact',
  hypothesis: 'hypothesis',
  action: 'action',
  decision: 'decision',
  comms: 'communication',
  note: 'observation',
  // At another time than the milestone they are named after they say what somebody saw.
  detected: 'observation',
  mitigated: 'observation',
  resolved: 'observation',
};

const PRECISIONS: Readonly<Record<FilePrecision, Precision>> = {
  minute: 'minute',
  approx: 'fiveMinutes',
  range: 'range',
  day: 'day',
};

const MILESTONES: Readonly<Record<Anchor, Milestone>> = {
  impactStart: 'impactStarted',
  detected: 'detected',
  mitigated: 'mitigated',
  impactEnd: 'impactEnded',
  resolved: 'resolved',
};

const NOBODY = 'Not stated';

/** @throws BadFile when a line is refused, as the screens would refuse it */
export function playIncident(file: IncidentFile): IncidentDoc {
  const doc = createIncidentDoc();
  const run = createRunner(doc, file);
  const [first] = file.entries;
  run('the incident', NOBODY, {
    type: 'declare',
    title: file.title,
    severity: null,
    role: null,
    kind: 'backfilled',
    homeZone: file.zone,
    occurred: exactly(first?.at ?? 0, file.zone),
  });
  const open = new Map(file.anchors ?? []);
  for (const [index, entry] of file.entries.entries()) {
    const milestone = takeMilestone(entry, file.anchors === null ? null : open);
    run(`entries[${index}]`, entry.actorRole ?? NOBODY, {
      type: 'log',
      kind: milestone ? 'milestone' : KINDS[entry.type],
      text: entry.text,
      occurred: toOccurred(entry, file.zone),
      ...(milestone && { milestone }),
    });
  }
  for (const [anchor, at] of open) {
    const command = { type: 'log', kind: 'milestone', text: '' } as const;
    const milestone = MILESTONES[anchor];
    run(`metricAnchors.${anchor}`, NOBODY, {
      ...command,
      milestone,
      occurred: exactly(at, file.zone),
    });
  }
  return doc;
}

/** The entry that tells of an anchor is that milestone; the anchor needs no line of its own then. */
function takeMilestone(entry: FileEntry, open: Map<Anchor, Instant> | null): Milestone | null {
  const { type } = entry;
  if (type !== 'detected' && type !== 'mitigated' && type !== 'resolved') return null;
  if (open === null) return type;
  if (open.get(type) !== entry.at) return null;
  open.delete(type);
  return type;
}

/** Each role is a person of that name. What comes later in the file was written down later. */
function createRunner(doc: IncidentDoc, { entries }: IncidentFile) {
  const random = createBytes();
  const newEntryId = createEntryIds(random);
  const people = new Map<string, PersonId>();
  const device = newOwnerId(random);
  let now = Math.max(0, ...entries.map(({ at, atEnd }) => atEnd ?? at));
  return (where: string, name: string, command: Command): void => {
    now += SECOND;
    const person = people.get(name) ?? newOwnerId(random);
    people.set(name, person);
    const author = {
      person,
      name,
      device,
      now,
      clock: null,
      newEntryId: (): EntryId => newEntryId(now),
    };
    const decision = runCommand(doc, command, author);
    if (!decision.ok) throw new BadFile(`${where}: ${toSentence(decision.refusal)}`);
  };
}

function toOccurred({ at, atEnd, precision }: FileEntry, zone: Zone): Occurred {
  return { at, until: atEnd, zone, precision: PRECISIONS[precision], basis: 'imported' };
}

function exactly(at: Instant, zone: Zone): Occurred {
  return { at, until: null, zone, precision: 'minute', basis: 'imported' };
}

/** Ids need to differ, not to be secret: two runs over one file make the same ones. */
function createBytes(): RandomBytes {
  let state = 1;
  return (into) => {
    for (let index = 0; index < into.length; index += 1) {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
      into[index] = (state >>> 16) & 0xff;
    }
  };
}
