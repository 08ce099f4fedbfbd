/** What every part of the incident screen shares: its view, its document once open, and whose clock is shown. */

import { createContext, useContext } from 'solid-js';
import type { Command } from '../../../shared/domain/command.ts';
import type { Decision } from '../../../shared/domain/decision.ts';
import type { SpentDraft } from '../../../shared/domain/draft.ts';
import type { EntryId } from '../../../shared/domain/id.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import type { OpenIncident } from '../../actions/open-incident.ts';
import type { IncidentView } from '../../state/incident-view.ts';
import type { PendingLine } from './pending-line.ts';

export type IncidentScreen = {
  readonly id: string;
  readonly view: IncidentView;
  /** Undefined until the document has been read. */
  incident(): OpenIncident | undefined;
  /** Resolves once it has. */
  readonly opened: Promise<OpenIncident>;
  /** The zone the log is shown in, and how to say so. */
  zone(): Zone;
  zoneWord(): string;
  /** The zone by name, where it is not the viewer's own. */
  zoneLabel(): string | null;
  /** Runs a command; a refusal is shown. `spentDraft`: the draft it was made from. */
  run(command: Command, spentDraft?: SpentDraft): Promise<Decision>;
  openLine(id: EntryId): void;
  readonly pending: PendingLine;
  /** The last lines of the log, where this phone alone has them. */
  waitingTail(): readonly EntryId[];
};

const IncidentContext = createContext<IncidentScreen>();

export const IncidentProvider = IncidentContext.Provider;

/** @throws Error outside an incident, which is a mistake of ours */
export function useIncident(): IncidentScreen {
  const screen = useContext(IncidentContext);
  if (!screen) throw new Error('No incident around this part');
  return screen;
}
