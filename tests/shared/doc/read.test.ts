import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createIncidentDoc, isReadableUpdate } from '../../../shared/doc/incident-doc.ts';
import type { ReadChange } from '../../../shared/doc/read.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { at, createDevice, type Device, meet, NIGHT } from '../../support/device.ts';
import { longIncident } from '../../support/long-incident.ts';

function listen(device: Device): readonly ReadChange[] {
  const changes: ReadChange[] = [];
  device.doc.read.subscribe((change) => changes.push(change));
  return changes;
}

describe('reading', () => {
  test('[C2d] everything an entry carries comes back from the bytes as it was written', () => {
    const ana = createDevice('Ana');
    ana.clock = { offset: -42_000, error: 120 };
    ana.declare();
    const occurred = at(NIGHT, { precision: 'range', until: NIGHT + MINUTE, basis: 'relative' });
    const line = ana.log('Zwei Pooler auf 20 begrenzt\nBeide in der EU.', {
      kind: 'change',
      occurred,
    });
    const other = createIncidentDoc();
    other.apply(ana.doc.encode(), 'storage');
    expect(other.read.entry(line.id)).toEqual(line);
    expect(line).toMatchObject({
      firstOccurred: occurred,
      occurred: { ...occurred, at: NIGHT - 42_000, until: NIGHT + MINUTE - 42_000 },
      clock: { offset: -42_000, error: 120 },
      recorded: NIGHT,
      by: ana.person,
      device: ana.device,
    });
    expect(other.read.facts()).toEqual({
      title: 'Card payments failing at checkout, EU',
      homeZone: 'Europe/Berlin',
      kind: 'real',
      isDeclared: true,
    });
  });

  test('[T5c] entries stand by corrected time, then by when they were recorded, then by id', () => {
    const ana = createDevice('Ana');
    const bo = createDevice('Bo', 5);
    ana.declare();
    meet(ana, bo);
    bo.clock = { offset: -10 * MINUTE, error: 50 };
    bo.now = NIGHT + 12 * MINUTE;
    bo.log('second, from a phone ten minutes fast');
    ana.now = NIGHT + 5 * MINUTE;
    ana.log('third');
    ana.log('first', { at: NIGHT + MINUTE });
    const day = at(NIGHT, { precision: 'day' });
    ana.log('last: some time that day', { occurred: day });
    meet(ana, bo);
    const texts = [
      'first',
      'second, from a phone ten minutes fast',
      'third',
      'last: some time that day',
    ];
    expect(ana.story().slice(3)).toEqual(texts);
    expect(bo.story()).toEqual(ana.story());
  });

  test('[L1j] one line among ten thousand is read alone', () => {
    const ana = longIncident(10_000);
    const changes = listen(ana);
    const before = ana.doc.read.timeline();
    const line = ana.log('One more', { at: NIGHT + 500_500 });
    expect(changes).toEqual([
      {
        entries: new Set([line.id]),
        order: true,
        state: false,
        facts: false,
        people: false,
        prose: false,
      },
    ]);
    const after = ana.doc.read.timeline();
    const kept = new Set(before);
    expect(after.filter((entry) => !kept.has(entry))).toEqual([line]);
    expect(after.indexOf(line)).toBe(504);

    ana.run({ type: 'star', entry: line.id, on: true });
    expect(changes[1]).toMatchObject({ entries: new Set([line.id]), order: false });
  });

  test('[C2e] a kind and a field from a newer app are kept and shown as a plain line', () => {
    const ana = createDevice('Ana');
    ana.declare();
    const line = ana.log('Sensor 4 reads 81 °C');
    const entry = ana.doc.ydoc.getMap<Y.Map<unknown>>('e').get(line.id);
    entry?.set('kind@future0001', ['measurement', 2_000_000_000_000_000, 'x']);
    entry?.set('colour@future0001', ['teal', 1, 'x']);
    expect(ana.doc.read.entry(line.id)).toMatchObject({
      kind: 'unknown',
      kindName: 'measurement',
      text: 'Sensor 4 reads 81 °C',
    });
    const copy = createIncidentDoc();
    copy.apply(ana.doc.encode(), 'storage');
    expect(copy.ydoc.getMap<Y.Map<unknown>>('e').get(line.id)?.get('colour@future0001')).toEqual([
      'teal',
      1,
      'x',
    ]);
  });

  test('[L4a] a damaged entry, slot or field never hides the others', () => {
    const ana = createDevice('Ana');
    ana.declare();
    const line = ana.log('Still here');
    const entries = ana.doc.ydoc.getMap<unknown>('e');
    entries.set('0000000000000001', 'not a map');
    entries.set('0000000000000002', new Y.Map([['c', ['nonsense']]]));
    entries.set('0000000000000003', new Y.Map([['c', [NIGHT, null, 'Nowhere/Land', 0, 0]]]));
    const entry = entries.get(line.id);
    if (entry instanceof Y.Map) {
      entry.set('time@broken0001', [['soon'], 2_000_000_000_000_000, 'x']);
      entry.set('star@broken0002', 'yes');
      entry.set('kind@broken0003', [7, Number.NaN, null]);
    }
    expect(ana.doc.read.timeline()).toHaveLength(4);
    expect(ana.doc.read.entry(line.id)).toMatchObject({
      text: 'Still here',
      kind: 'observation',
      occurred: { at: NIGHT },
      starred: null,
      wordEdits: [],
    });
  });

  test('[L4b] bytes that are no update are told before they touch the document', () => {
    const ana = createDevice('Ana');
    ana.declare();
    const update = ana.doc.encode();
    expect(isReadableUpdate(update)).toBe(true);
    expect(isReadableUpdate(update.slice(0, update.length - 7))).toBe(false);
    expect(isReadableUpdate(new Uint8Array([255, 255, 255, 1]))).toBe(false);
  });

  test('[C2f] ten thousand entries of a hundred characters take less than 2.6 MB', () => {
    expect(longIncident(10_000).doc.encode().length).toBeLessThan(2_600_000);
  });
});
