/** From a wish to a transaction: the domain decides, and what it decides is written at once. */

import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import type { Author, Decision, IncidentView } from '../domain/decision.ts';
import type { IncidentDoc } from './incident-doc.ts';

/** @returns the decision; when it is a refusal the document has not changed */
export function runCommand(doc: IncidentDoc, command: Command, author: Author): Decision {
  const decision = decide(toView(doc), command, author);
  if (decision.ok) {
    doc.write(decision.changes, {
      by: author.person,
      device: author.device,
      now: author.now + (author.clock?.offset ?? 0),
    });
  }
  return decision;
}

function toView({ read }: IncidentDoc): IncidentView {
  return {
    entry: read.entry,
    rewrite: (id) => read.prose().rewrites.find((rewrite) => rewrite.id === id),
    entryCount: read.timeline().length,
    status: read.state().status,
    personName: read.personName,
  };
}
