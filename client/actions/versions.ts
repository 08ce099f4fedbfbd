/** The versions of a line or of a section, and going back to one. Going back is a change like any other. */

import { findSplice } from '../../shared/doc/bind-text.ts';
import type { SharedText } from '../../shared/doc/shared-text.ts';
import { readEntryVersions, readProseVersions } from '../../shared/doc/versions.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { toMilestone } from '../../shared/domain/entry.ts';
import type { EntryId, IncidentId } from '../../shared/domain/id.ts';
import { isKind } from '../../shared/domain/kind.ts';
import type { ProseSection } from '../../shared/domain/section.ts';
import type { Version } from '../../shared/domain/version.ts';
import { type Fetch, fetchHistory } from '../sync/fetch-history.ts';

export type Versions = {
  /** @returns null where the server cannot be asked */
  ofEntry(id: EntryId): Promise<readonly Version<Entry>[] | null>;
  ofProse(section: ProseSection): Promise<readonly Version<string>[] | null>;
};

export function createVersions(fetchFrom: Fetch, incident: IncidentId): Versions {
  return {
    async ofEntry(id) {
      const rows = await fetchHistory(fetchFrom, incident);
      return rows && readEntryVersions(rows, id);
    },
    async ofProse(section) {
      const rows = await fetchHistory(fetchFrom, incident);
      return rows && readProseVersions(rows, section);
    },
  };
}

/** Replaces what differs and leaves the rest, so that what others write at the same time beside it stays. */
export function writeBack(text: SharedText, wanted: string): void {
  const splice = findSplice(text.read(), wanted, 0);
  if (splice) text.write([splice]);
}

/** What has to be asked for so that the line is again what it was, its words apart. */
export function toCommands(now: Entry, wanted: Entry): readonly Command[] {
  const commands: Command[] = [];
  const { id: entry } = now;
  if (JSON.stringify(now.occurred) !== JSON.stringify(wanted.occurred)) {
    commands.push({ type: 'changeTime', entry, occurred: wanted.occurred });
  }
  const milestone = toMilestone(wanted);
  if (isKind(wanted.kind) && wanted.kind !== 'system') {
    const isOther = now.kind !== wanted.kind || toMilestone(now) !== milestone;
    if (isOther) {
      commands.push({
        type: 'changeKind',
        entry,
        kind: wanted.kind,
        ...(milestone ? { milestone } : {}),
      });
    }
    if (now.claim !== wanted.claim)
      commands.push({ type: 'changeClaim', entry, claim: wanted.claim });
    if (now.outcome !== wanted.outcome)
      commands.push({ type: 'setOutcome', entry, outcome: wanted.outcome });
  }
  if (now.retracted && !wanted.retracted) commands.push({ type: 'restore', entry });
  if (!now.retracted && wanted.retracted) commands.push({ type: 'retract', entry });
  return commands;
}
