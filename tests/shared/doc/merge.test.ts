import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { withoutClients, withoutDeletions } from '../../../shared/doc/incident-doc.ts';
import { openEntryText } from '../../../shared/doc/shared-text.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { at, createDevice, type Device, meet, NIGHT } from '../../support/device.ts';
import { createRandom } from '../../support/random.ts';

/** Two devices that both know one line; the first has the higher client id. */
function together(): { high: Device; low: Device; line: string } {
  const [one, two] = [createDevice('Ana', 1), createDevice('Bo', 2)];
  const [high, low] =
    one.doc.ydoc.clientID > two.doc.ydoc.clientID ? [one, two] : ([two, one] as const);
  high.declare();
  const line = high.log('Pool size is 20').id;
  meet(high, low);
  return { high, low, line };
}

const kindOn = (device: Device, line: string) => device.doc.read.entry(line)?.kind;

describe('two devices change one field while apart', () => {
  test('[L1d] the later edit is read everywhere, also when the earlier one has the higher client id', () => {
    const { high, low, line } = together();
    high.now = NIGHT + 10 * MINUTE;
    high.run({ type: 'changeKind', entry: line, kind: 'alert' });
    low.now = NIGHT + 11 * MINUTE;
    low.run({ type: 'changeKind', entry: line, kind: 'impact' });
    meet(high, low);
    expect([kindOn(high, line), kindOn(low, line)]).toEqual(['impact', 'impact']);
  });

  test.for([
    ['the earlier is years ahead and was measured', Date.UTC(2031, 0), 'measured', 'impact'],
    ['the earlier is past 2060 and was never measured', Date.UTC(2099, 0), 'unmeasured', 'impact'],
    // There is nothing to tell it by; the edit that lost stays readable.
    ['never, when it is some years ahead and unmeasured', Date.UTC(2031, 0), 'unmeasured', 'alert'],
  ] as const)('[T4g] of two edits made apart the later counts: %s', ([, ahead, known, counts]) => {
    const { high, low, line } = together();
    high.now = ahead;
    high.clock = known === 'measured' ? { offset: NIGHT - ahead, error: 20 } : null;
    high.run({ type: 'changeKind', entry: line, kind: 'alert' });
    low.now = NIGHT + MINUTE;
    low.run({ type: 'changeKind', entry: line, kind: 'impact' });
    meet(high, low);
    expect([kindOn(high, line), kindOn(low, line)]).toEqual([counts, counts]);
    const lost = counts === 'impact' ? 'alert' : 'impact';
    expect(low.doc.read.entry(line)?.contests).toMatchObject([{ value: lost }]);
  });

  test('[L1e] the edit that lost stays readable, with who made it', () => {
    const { high, low, line } = together();
    high.run({ type: 'changeKind', entry: line, kind: 'alert' });
    low.now = high.now + MINUTE;
    low.run({ type: 'changeKind', entry: line, kind: 'impact' });
    meet(high, low);
    const contests = low.doc.read.entry(line)?.contests;
    expect(contests).toMatchObject([{ field: 'kind', value: 'alert', by: high.person }]);
    expect(high.doc.read.entry(line)?.contests).toEqual(contests);
  });

  test('[L1f] one edit after the other is no conflict, whatever the clocks say', () => {
    const { high, low, line } = together();
    high.now = NIGHT + 600 * MINUTE;
    high.run({ type: 'changeKind', entry: line, kind: 'alert' });
    meet(high, low);
    low.now = NIGHT;
    low.run({ type: 'changeKind', entry: line, kind: 'impact' });
    meet(high, low);
    expect(kindOn(high, line)).toBe('impact');
    expect(high.doc.read.entry(line)?.contests).toEqual([]);
  });

  test('[L1g] a line retracted here and edited there is both: struck out, with the edit', () => {
    const { high, low, line } = together();
    high.run({ type: 'retract', entry: line });
    low.run({ type: 'changeTime', entry: line, occurred: at(NIGHT - 5 * MINUTE) });
    meet(high, low);
    for (const device of [high, low]) {
      expect(device.doc.read.entry(line)).toMatchObject({
        retracted: { by: high.person },
        occurred: { at: NIGHT - 5 * MINUTE },
      });
    }
  });

  test('[L1h] two people who rename at once both keep their own names in the people list', () => {
    const { high, low } = together();
    low.log('On it');
    meet(high, low);
    for (const device of [high, low]) {
      expect(device.doc.read.personName(high.person)).toBe(high.name);
      expect(device.doc.read.personName(low.person)).toBe(low.name);
    }
  });
});

const HISTORIES = 1000;

describe('histories', () => {
  test(`[L1i] ${HISTORIES} histories of three devices that edit, retract, re-time, drop and rejoin end equal`, () => {
    for (let seed = 1; seed <= HISTORIES; seed++) {
      const devices = playHistory(seed);
      const [first, ...others] = devices.map((device) => ({
        timeline: device.doc.read.timeline(),
        facts: device.doc.read.facts(),
        state: device.doc.read.state(),
      }));
      for (const other of others) expect(other, `seed ${seed}`).toEqual(first);
      for (const device of devices) {
        const reread = createDevice('Reader', 9);
        reread.doc.apply(device.doc.encode(), 'storage');
        expect(reread.doc.read.timeline(), `seed ${seed}`).toEqual(first?.timeline);
      }
    }
  }, 120_000);
});

/** Thirty steps of three phones that lose and find each other. All meet in the end. */
function playHistory(seed: number): readonly Device[] {
  const random = createRandom(seed);
  const devices = ['Ana', 'Bo', 'Chen'].map((name, i) => createDevice(name, seed * 10 + i));
  devices[0]?.declare();
  meet(...devices);
  for (let step = 0; step < 30; step++) {
    const device = random.pick(devices);
    device.now += random.below(3 * MINUTE) - MINUTE;
    const line = random.pick(device.doc.read.timeline()).id;
    const moment = at(NIGHT + random.below(60 * MINUTE));
    switch (random.below(9)) {
      case 0:
      case 1:
        device.log(`line ${step}`, { occurred: moment });
        break;
      case 2:
        device.run({ type: 'retract', entry: line });
        break;
      case 3:
        device.run({ type: 'restore', entry: line });
        break;
      case 4:
        device.run({ type: 'changeTime', entry: line, occurred: moment });
        break;
      case 5:
        device.run({ type: 'changeKind', entry: line, kind: random.pick(['alert', 'impact']) });
        break;
      case 6:
        device.run({ type: 'star', entry: line, on: random.below(2) === 0 });
        break;
      case 7:
        device.mark(random.pick(['detected', 'mitigated', 'impactStarted', 'resolved']), moment.at);
        break;
      default:
        meet(device, random.pick(devices));
    }
  }
  meet(...devices);
  meet(...devices);
  return devices;
}

test('[N34] a deletion of what is not here yet is known to wait', () => {
  const ana = createDevice('Ana', 1);
  ana.declare();
  const line = ana.log('one two').id;
  const before = ana.doc.encode();
  const updates: Uint8Array[] = [];
  const stop = ana.doc.onUpdate((update) => updates.push(update));
  openEntryText(ana.doc, line)?.write([{ at: 7, removed: 0, inserted: ' three' }]);
  openEntryText(ana.doc, line)?.write([{ at: 8, removed: 5, inserted: '' }]);
  stop();
  const [added, removed] = updates;
  if (!added || !removed) throw new Error('Nothing was written');
  const bo = createDevice('Bo', 2);
  bo.doc.apply(before, 'remote');
  bo.doc.apply(removed, 'remote');
  expect(bo.doc.holds(removed)).toBe(false);
  bo.doc.apply(added, 'remote');
  expect(bo.doc.holds(removed)).toBe(true);
  expect(bo.doc.read.entry(line)?.text).toBe('one two ');
});

test('[N64] the structs of an update alone are all of its structs, and none of its deletions', () => {
  const { high, low } = together();
  const text = high.doc.ydoc.getText('p:summary');
  text.insert(0, 'x'.repeat(40_000));
  meet(high, low);
  for (let at = 0; at < 20_000; at += 100) text.delete(at, 1);
  for (const title of ['One', 'Two', 'Three']) low.run({ type: 'rename', title });
  meet(high, low);
  const update = high.doc.encode();
  const whole = Y.decodeUpdate(update);
  expect(whole.ds.clients.size).toBe(2);
  const alone = Y.decodeUpdate(withoutDeletions(update));
  expect(alone.ds.clients.size).toBe(0);
  expect(toPlaces(alone)).toEqual(toPlaces(whole));
  const { clientID } = low.doc.ydoc;
  const rest = Y.decodeUpdate(withoutClients(update, [clientID]));
  expect(rest.ds.clients.size).toBe(0);
  expect(toPlaces(rest)).toEqual(toPlaces(whole).filter(([client]) => client !== clientID));
});

function toPlaces({ structs }: ReturnType<typeof Y.decodeUpdate>) {
  return structs.map(({ id, length }) => [id.client, id.clock, length]);
}
