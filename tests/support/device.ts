/** A device of a test story: a person with a phone, a clock of its own and one incident open. */

import { createIncidentDoc, type IncidentDoc } from '../../shared/doc/incident-doc.ts';
import { runCommand } from '../../shared/doc/run-command.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { Decision } from '../../shared/domain/decision.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { createEntryIds, newOwnerId } from '../../shared/domain/id.ts';
import type { Kind } from '../../shared/domain/kind.ts';
import type { Milestone } from '../../shared/domain/milestone.ts';
import type { ClockReading, Occurred } from '../../shared/domain/occurred.ts';
import { type Instant, MINUTE } from '../../shared/domain/time.ts';
import { createRandom } from './random.ts';

/** Saturday 14 November 2026, 02:41 in Berlin: when the checkout stops taking cards. */
export const NIGHT: Instant = Date.UTC(2026, 10, 14, 1, 41);
export const BERLIN = 'Europe/Berlin';

export type Device = {
  readonly name: string;
  readonly person: string;
  readonly device: string;
  readonly doc: IncidentDoc;
  now: Instant;
  clock: ClockReading;
  run(command: Command): Decision;
  /** Declares the checkout outage, SEV-2, as incident commander. */
  declare(title?: string): void;
  log(text: string, options?: { kind?: Kind; at?: Instant; occurred?: Occurred }): Entry;
  mark(milestone: Milestone, at?: Instant): Entry;
  /** The texts of the timeline, in order; milestones by name, changes as `type`. */
  story(): readonly string[];
};

export function createDevice(name: string, seed = [...name].length * 7919): Device {
  const random = createRandom(seed);
  const newEntryId = createEntryIds(random.bytes);
  const doc = createIncidentDoc();
  const device: Device = {
    name,
    person: newOwnerId(random.bytes),
    device: newOwnerId(random.bytes),
    doc,
    now: NIGHT,
    clock: null,
    run(command) {
      return runCommand(doc, command, {
        person: device.person,
        name,
        device: device.device,
        now: device.now,
        clock: device.clock,
        newEntryId: () => newEntryId(device.now),
      });
    },
    declare(title = 'Card payments failing at checkout, EU') {
      const occurred = at(device.now);
      const command = { title, severity: 2, role: 'incidentCommander', kind: 'real' } as const;
      device.run({ type: 'declare', ...command, homeZone: BERLIN, occurred });
    },
    log(text, options = {}) {
      const occurred = options.occurred ?? at(options.at ?? device.now);
      return added(() =>
        device.run({ type: 'log', kind: options.kind ?? 'observation', text, occurred }),
      );
    },
    mark(milestone, when = device.now) {
      const occurred = at(when);
      return added(() =>
        device.run({ type: 'log', kind: 'milestone', milestone, text: '', occurred }),
      );
    },
    story: () => doc.read.timeline().map(toWords),
  };

  /** Time passes between two lines, so that each has its own recorded time. */
  function added(run: () => Decision): Entry {
    const before = new Set(doc.read.timeline().map((entry) => entry.id));
    const decision = run();
    if (!decision.ok) throw new Error(`Refused: ${decision.refusal.reason}`);
    device.now += MINUTE;
    const entry = doc.read.timeline().find((candidate) => !before.has(candidate.id));
    if (!entry) throw new Error('No line was added');
    return entry;
  }
  return device;
}

export function at(instant: Instant, changes: Partial<Occurred> = {}): Occurred {
  return {
    at: instant,
    until: null,
    zone: BERLIN,
    precision: 'second',
    basis: 'firstTouch',
    ...changes,
  };
}

/** Both ways, as two phones do when they meet again. */
export function meet(...devices: readonly Device[]): void {
  for (const from of devices) {
    for (const to of devices) {
      if (from === to) continue;
      to.doc.apply(from.doc.encode(to.doc.encodeStateVector()), 'remote');
    }
  }
}

export function toWords(entry: Entry): string {
  if (entry.text) return entry.text;
  return entry.effect?.type === 'milestone' ? entry.effect.milestone : (entry.effect?.type ?? '');
}
