/** What people do on a phone: mostly log a line, and change what is there. */

import type { OpenIncident } from '../../client/actions/open-incident.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { TextBinding, TextField } from '../../shared/domain/text-field.ts';
import { at } from '../support/device.ts';
import type { Random } from '../support/random.ts';

export type Act = (incident: OpenIncident, now: number) => void;

/** @param name never the same twice; what is logged carries it */
export function chooseAct(random: Random, name: string): Act {
  const choice = random.below(100);
  if (choice < 45) return (incident, now) => logLine(incident, random, name, now);
  if (choice < 65) return onLine(random, (incident, line) => editLine(incident, random, line));
  if (choice < 75)
    return onLine(random, (incident, { id }, now) => {
      const occurred = at(now - random.below(600_000));
      incident.run({ type: 'changeTime', entry: id, occurred });
    });
  if (choice < 82)
    return onLine(random, (incident, { id, retracted }) =>
      incident.run({ type: retracted ? 'restore' : 'retract', entry: id }),
    );
  if (choice < 90)
    return onLine(random, (incident, { id }) =>
      incident.run({ type: 'star', entry: id, on: random.below(2) === 0 }),
    );
  if (choice < 96)
    return (incident) => type(random, (field) => incident.editProse('lessons', field));
  return (incident) =>
    incident.run({
      type: 'rewriteStatement',
      statement: 'impact/summary',
      sourcesHash: 'none',
      text: `said again ${name}`,
    });
}

function logLine(incident: OpenIncident, random: Random, name: string, now: number): void {
  const kind = random.pick(['observation', 'action', 'impact'] as const);
  incident.run({ type: 'log', kind, text: `<${name}>`, occurred: at(now) });
}

function onLine(
  random: Random,
  act: (incident: OpenIncident, line: Entry, now: number) => void,
): Act {
  return (incident, now) => {
    const lines = incident.doc.read.timeline();
    // Mostly what was just written.
    const near = random.below(3) > 0 ? lines.slice(-6) : lines;
    if (near.length > 0) act(incident, random.pick(near), now);
  };
}

function editLine(incident: OpenIncident, random: Random, { id }: Entry): void {
  type(random, (field) => incident.editText(id, field));
}

/** A few letters more, or fewer, somewhere. */
function type(random: Random, bind: (field: TextField) => TextBinding | null): void {
  let value = '';
  const field: TextField = {
    read: () => ({ value, selection: { start: value.length, end: value.length } }),
    write(next) {
      value = next;
    },
  };
  const binding = bind(field);
  if (!binding) return;
  // After the name of a line, which stays as it is.
  const named = value.indexOf('>') + 1;
  const place = named + random.below(value.length - named + 1);
  const removed = random.below(3) === 0 ? random.below(4) : 0;
  value = `${value.slice(0, place)}${removed > 0 ? '' : 'und'}${value.slice(place + removed)}`;
  binding.onInput();
  binding.stop();
}
