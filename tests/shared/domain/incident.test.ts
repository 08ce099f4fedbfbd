import { describe, expect, test } from 'vitest';
import { severityAt, toAutomaticTitle } from '../../../shared/domain/incident.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { at, BERLIN, createDevice, NIGHT } from '../../support/device.ts';

describe('the state of an incident', () => {
  test('[C9a] severity and status are read from the latest entry that changed them', () => {
    const ana = createDevice('Ana');
    ana.declare();
    expect(ana.doc.read.state()).toMatchObject({ severity: 2, status: 'investigating' });

    ana.run({ type: 'setSeverity', severity: 1, occurred: at(NIGHT + 5 * MINUTE) });
    ana.run({ type: 'setSeverity', severity: 3, occurred: at(NIGHT + 2 * MINUTE) });
    expect(ana.doc.read.state().severity).toBe(1);
    expect(severityAt(ana.doc.read.state(), NIGHT + 3 * MINUTE)).toBe(3);
  });

  test('[C9b] taking back the entry takes back what it changed', () => {
    const ana = createDevice('Ana');
    ana.declare();
    const fixed = ana.mark('mitigated');
    expect(ana.doc.read.state().status).toBe('mitigated');
    ana.run({ type: 'retract', entry: fixed.id });
    expect(ana.doc.read.state().status).toBe('investigating');
    ana.run({ type: 'restore', entry: fixed.id });
    expect(ana.doc.read.state().status).toBe('mitigated');
  });

  test('[C9c] choosing a status logs its milestone, going back logs the step back', () => {
    const ana = createDevice('Ana');
    ana.declare();
    ana.run({ type: 'setStatus', status: 'mitigated', occurred: at(NIGHT + 10 * MINUTE) });
    ana.run({ type: 'setStatus', status: 'mitigated', occurred: at(NIGHT + 11 * MINUTE) });
    ana.run({ type: 'setStatus', status: 'investigating', occurred: at(NIGHT + 20 * MINUTE) });
    expect(ana.story()).toEqual(['declared', 'severity', 'role', 'mitigated', 'status']);
    expect(ana.doc.read.state().status).toBe('investigating');
  });

  test('[T7c] the clock runs since impact started, else detected, else declared', () => {
    const ana = createDevice('Ana');
    ana.declare();
    expect(ana.doc.read.state().clockStart).toEqual({ at: NIGHT, from: 'declared' });
    ana.mark('detected', NIGHT - 3 * MINUTE);
    expect(ana.doc.read.state().clockStart?.from).toBe('detected');
    ana.mark('impactStarted', NIGHT - 9 * MINUTE);
    ana.mark('impactStarted', NIGHT - 7 * MINUTE);
    expect(ana.doc.read.state().clockStart).toEqual({
      at: NIGHT - 9 * MINUTE,
      from: 'impactStarted',
    });
  });

  test('[C5a] customers hurt from impact started until it was mitigated or ended, more than once', () => {
    const ana = createDevice('Ana');
    ana.declare();
    ana.mark('detected', NIGHT);
    expect(ana.doc.read.state().hurt).toEqual([{ from: NIGHT, to: null }]);
    ana.mark('impactStarted', NIGHT - 5 * MINUTE);
    ana.mark('mitigated', NIGHT + 5 * MINUTE);
    ana.mark('impactStarted', NIGHT + 8 * MINUTE);
    expect(ana.doc.read.state().hurt).toEqual([
      { from: NIGHT - 5 * MINUTE, to: NIGHT + 5 * MINUTE },
      { from: NIGHT + 8 * MINUTE, to: null },
    ]);
  });

  test('[C17a] an untitled incident is called by its day and time until somebody names it', () => {
    const ana = createDevice('Ana');
    ana.declare('');
    expect(ana.doc.read.facts().title).toBeNull();
    expect(toAutomaticTitle(NIGHT, BERLIN)).toBe('Incident of 14 Nov, 02:41');
    ana.run({ type: 'rename', title: '  Card payments\n failing ' });
    expect(ana.doc.read.facts().title).toBe('Card payments failing');
  });
});
