/** The rules: what a command means for an incident as it stands. Pure; what it returns is written as one transaction. */

import type { Command } from './command.ts';
import { decideDeclare, decideLog, decideStatus, logEffect } from './decide-adding.ts';
import {
  decideClaim,
  decideKind,
  decideOutcome,
  decideRename,
  decideRetracted,
  decideReword,
  decideStar,
  decideTime,
} from './decide-editing.ts';
import { decideRewrite, decideRewriteRetracted, decideStillRight } from './decide-rewriting.ts';
import type { Author, Decision, IncidentView } from './decision.ts';

/** @returns changes to write, none when the incident already is as asked, or the refusal to show */
export function decide(view: IncidentView, command: Command, author: Author): Decision {
  const decision = decideCommand(view, command, author);
  if (!decision.ok || decision.changes.length === 0) return decision;
  if (view.personName(author.person) === author.name) return decision;
  const person = { person: author.person, name: author.name };
  return { ok: true, changes: [{ type: 'namePerson', ...person }, ...decision.changes] };
}

function decideCommand(view: IncidentView, command: Command, author: Author): Decision {
  switch (command.type) {
    case 'declare':
      return decideDeclare(command, author);
    case 'log':
      return decideLog(view, command, author);
    case 'setStatus':
      return decideStatus(view, command.status, command.occurred, author);
    case 'setSeverity': {
      const { severity } = command;
      return logEffect(view, { type: 'severity', severity }, command.occurred, author);
    }
    case 'assignRole': {
      const { role, person } = command;
      return logEffect(view, { type: 'role', role, person }, command.occurred, author);
    }
    case 'rename':
      return decideRename(command.title);
    case 'changeTime':
      return decideTime(view, command.entry, command.occurred);
    case 'changeKind':
      return decideKind(view, command);
    case 'changeClaim':
      return decideClaim(view, command.entry, command.claim);
    case 'setOutcome':
      return decideOutcome(view, command.entry, command.outcome);
    case 'reword':
      return decideReword(view, command.entry, command.before);
    case 'rewriteStatement':
      return decideRewrite(command, author);
    case 'confirmRewrite':
      return decideStillRight(view, command.rewrite, command.sourcesHash);
    case 'takeBackRewrite':
      return decideRewriteRetracted(view, command.rewrite, true);
    case 'bringBackRewrite':
      return decideRewriteRetracted(view, command.rewrite, false);
    case 'star':
      return decideStar(view, command.entry, command.on);
    case 'retract':
      return decideRetracted(view, command.entry, true);
    case 'restore':
      return decideRetracted(view, command.entry, false);
  }
}
