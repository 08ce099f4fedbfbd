/** From a wish to a transaction: the domain decides, and what it decides is written at once. */

import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import type { Author, Decision, IncidentView } from '../domain/decision.ts';
import type { IncidentDoc } from './incident-doc.ts';
import type { Signature } from './slots.ts';

/** @returns the decision; when it is a refusal the document has not changed */
export function runCommand(doc: IncidentDoc, command: Command, author: Author): Decision {
  const decision = decide(toView(doc), command, author);
  if (decision.ok) {
    doc.write(decision.changes, sign(author));
  }
  return decision;
}

/** Who writes prose runs no command, and is to be called by name all the same. */
export function nameAuthor(doc: IncidentDoc, author: Author): void {
  const { person, name } = author;
  if (doc.read.personName(person) === name) return;
  doc.write([{ type: 'namePerson', person, name }], sign(author));
}

function sign({ person, device, now, clock }: Author): Signature {
  return { by: person, device, now: now + (clock?.offset ?? 0) };
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
