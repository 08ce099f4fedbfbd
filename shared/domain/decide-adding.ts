/** Deciding the commands that add lines: declaring, logging, and changes that write their own entry. */

import type { Change } from './change.ts';
import type { Declare, Log } from './command.ts';
import {
  type Author,
  accept,
  type Decision,
  type IncidentView,
  refuse,
  refuseTitle,
} from './decision.ts';
import type { Effect } from './effect.ts';
import { cleanLine, cleanText, MAX_TEXT_BYTES, toUtf8Length } from './entry-text.ts';
import { defaultClaim, type Kind } from './kind.ts';
import { isOccurred, type Occurred } from './occurred.ts';
import { milestoneOf, type Status } from './status.ts';

/** An incident holds this many entries; the socket closes 4413 past it. */
export const MAX_ENTRIES = 20_000;

export function decideDeclare(command: Declare, author: Author): Decision {
  if (!isOccurred(command.occurred)) return refuse({ reason: 'timeUnreadable' });
  const title = cleanLine(command.title);
  const refusal = refuseTitle(title);
  if (refusal) return refuse(refusal);

  const add = (kind: Kind, effect: Effect): Change =>
    addEntry(author, kind, '', command.occurred, effect);
  const changes: Change[] = [
    { type: 'setIncidentField', field: 'homeZone', value: command.homeZone },
    { type: 'setIncidentField', field: 'kind', value: command.kind },
  ];
  // What is written down afterwards was not declared here; when it was, if ever, is a line of its own.
  if (command.kind !== 'backfilled') {
    changes.push(add('milestone', { type: 'milestone', milestone: 'declared' }));
  }
  if (command.severity !== null) {
    changes.push(add('system', { type: 'severity', severity: command.severity }));
  }
  if (title) changes.push({ type: 'setIncidentField', field: 'title', value: title });
  if (command.role) {
    changes.push(add('system', { type: 'role', role: command.role, person: author.person }));
  }
  return accept(changes);
}

export function decideLog(view: IncidentView, command: Log, author: Author): Decision {
  const { kind, milestone, occurred, claim } = command;
  const writer = { ...author, clock: command.clock ?? author.clock };
  if (kind === 'milestone' && !milestone) return refuse({ reason: 'milestoneMissing' });
  const effect: Effect | null =
    kind === 'milestone' && milestone ? { type: 'milestone', milestone } : null;

  const text = cleanText(command.text).trim();
  if (!effect && text === '') return refuse({ reason: 'emptyText' });
  const bytes = toUtf8Length(text);
  if (bytes > MAX_TEXT_BYTES) return refuse({ reason: 'textTooLong', bytes });
  return logEntry(view, addEntry(writer, kind, text, occurred, effect, claim), occurred);
}

/** Reaching a status is its milestone; going back to investigating is a line of its own. */
export function decideStatus(
  view: IncidentView,
  status: Status,
  occurred: Occurred,
  author: Author,
): Decision {
  if (view.status === status) return accept([]);
  const milestone = milestoneOf(status);
  if (!milestone) return logEffect(view, { type: 'status', status }, occurred, author);
  const effect: Effect = { type: 'milestone', milestone };
  return logEntry(view, addEntry(author, 'milestone', '', occurred, effect), occurred);
}

export function logEffect(
  view: IncidentView,
  effect: Effect,
  occurred: Occurred,
  author: Author,
): Decision {
  return logEntry(view, addEntry(author, 'system', '', occurred, effect), occurred);
}

function logEntry(view: IncidentView, change: Change, occurred: Occurred): Decision {
  if (!isOccurred(occurred)) return refuse({ reason: 'timeUnreadable' });
  if (view.entryCount >= MAX_ENTRIES) {
    return refuse({ reason: 'incidentFull', entries: MAX_ENTRIES });
  }
  return accept([change]);
}

function addEntry(
  author: Author,
  kind: Kind,
  text: string,
  occurred: Occurred,
  effect: Effect | null,
  claim = defaultClaim(kind),
): Change {
  const { person: by, device, now: recorded, clock } = author;
  const origin = { occurred, kind, claim, effect, by, device, recorded, clock };
  return { type: 'addEntry', id: author.newEntryId(), origin, text };
}
