/** Deciding the commands that change what is there. One that asks for what already is changes nothing. */

import type { Change, EntryFieldChange } from './change.ts';
import type { Claim } from './claim.ts';
import type { Command } from './command.ts';
import { accept, type Decision, type IncidentView, refuse, refuseTitle } from './decision.ts';
import type { Effect } from './effect.ts';
import type { Entry } from './entry.ts';
import { cleanLine } from './entry-text.ts';
import type { EntryId } from './id.ts';
import { defaultClaim } from './kind.ts';
import { isOccurred, type Occurred } from './occurred.ts';
import type { Outcome } from './outcome.ts';

export function decideRename(wanted: string): Decision {
  const title = cleanLine(wanted);
  if (title === '') return refuse({ reason: 'emptyTitle' });
  const refusal = refuseTitle(title);
  if (refusal) return refuse(refusal);
  return accept([{ type: 'setIncidentField', field: 'title', value: title }]);
}

export function decideTime(view: IncidentView, id: EntryId, occurred: Occurred): Decision {
  if (!isOccurred(occurred)) return refuse({ reason: 'timeUnreadable' });
  return editEntry(view, id, (entry) =>
    isSameTime(entry.occurred, occurred)
      ? null
      : { type: 'setEntryField', entry: id, field: 'time', value: occurred },
  );
}

export function decideClaim(view: IncidentView, id: EntryId, claim: Claim): Decision {
  return editEntry(view, id, (entry) =>
    entry.claim === claim
      ? null
      : { type: 'setEntryField', entry: id, field: 'claim', value: claim },
  );
}

export function decideOutcome(view: IncidentView, id: EntryId, outcome: Outcome): Decision {
  return editEntry(view, id, (entry) =>
    entry.outcome === outcome
      ? null
      : { type: 'setEntryField', entry: id, field: 'outcome', value: outcome },
  );
}

export function decideStar(view: IncidentView, id: EntryId, on: boolean): Decision {
  return editEntry(view, id, (entry) =>
    Boolean(entry.starred) === on
      ? null
      : { type: 'setEntryField', entry: id, field: 'star', value: on },
  );
}

/** Keeps how the words read; the words themselves are changed as they are typed. */
export function decideReword(view: IncidentView, id: EntryId, before: string): Decision {
  return editEntry(view, id, () => ({
    type: 'setEntryField',
    entry: id,
    field: 'words',
    value: before,
  }));
}

export function decideRetracted(view: IncidentView, id: EntryId, retracted: boolean): Decision {
  return editEntry(view, id, (entry) =>
    Boolean(entry.retracted) === retracted
      ? null
      : { type: 'setEntryField', entry: id, field: 'retracted', value: retracted },
  );
}

/** A new kind brings its own claim along; leaving *milestone* takes the milestone away. */
export function decideKind(
  view: IncidentView,
  command: Extract<Command, { type: 'changeKind' }>,
): Decision {
  const { kind, milestone } = command;
  const entry = view.entry(command.entry);
  if (!entry) return refuse({ reason: 'entryUnknown' });
  if (entry.kind === 'system' || kind === 'system') return refuse({ reason: 'entryNotEditable' });
  if (kind === 'milestone' && !milestone) return refuse({ reason: 'milestoneMissing' });
  if (kind !== 'milestone' && entry.text === '') return refuse({ reason: 'emptyText' });

  const set = { type: 'setEntryField', entry: entry.id } as const;
  const claim = defaultClaim(kind);
  const effect: Effect | null =
    kind === 'milestone' && milestone ? { type: 'milestone', milestone } : null;
  const changes: Change[] = [];
  if (entry.kind !== kind) {
    changes.push({ ...set, field: 'kind', value: kind });
    if (entry.claim !== claim) changes.push({ ...set, field: 'claim', value: claim });
  }
  if (!isSameEffect(entry.effect, effect)) {
    changes.push({ ...set, field: 'effect', value: effect });
  }
  return accept(changes);
}

function editEntry(
  view: IncidentView,
  id: EntryId,
  toChange: (entry: Entry) => EntryFieldChange | null,
): Decision {
  const entry = view.entry(id);
  if (!entry) return refuse({ reason: 'entryUnknown' });
  const change = toChange(entry);
  return accept(change ? [change] : []);
}

function isSameTime(a: Occurred, b: Occurred): boolean {
  return a.at === b.at && a.until === b.until && a.zone === b.zone && a.precision === b.precision;
}

function isSameEffect(a: Effect | null, b: Effect | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
