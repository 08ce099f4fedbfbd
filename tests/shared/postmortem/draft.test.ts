import { describe, expect, test } from 'vitest';
import { openProseText } from '../../../shared/doc/shared-text.ts';
import type { Occurred } from '../../../shared/domain/occurred.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { toChecks, toPercent } from '../../../shared/postmortem/completeness.ts';
import { createDrafter, type DraftSource } from '../../../shared/postmortem/draft.ts';
import { at, createDevice, type Device, NIGHT } from '../../support/device.ts';

function sourceOf({ doc: { read } }: Device): DraftSource {
  return {
    id: 'checkout',
    number: 412,
    title: read.facts().title ?? '',
    facts: read.facts(),
    state: read.state(),
    timeline: read.timeline(),
    personName: (person) => read.personName(person) ?? '?',
  };
}

function draft(device: Device) {
  return createDrafter()(sourceOf(device));
}

function metric(device: Device, id: string) {
  return draft(device).metrics.find((one) => one.id === id);
}

function gapTypes(device: Device): readonly string[] {
  return draft(device).gaps.map(({ id }) => id.replace(/\.[0-9a-z]{16}$/, ''));
}

function mark(
  device: Device,
  milestone: 'impactStarted' | 'detected' | 'mitigated',
  occurred: Occurred,
) {
  device.run({ type: 'log', kind: 'milestone', text: '', milestone, occurred });
}

describe('the draft', () => {
  test('[G4] what a milestone needs and does not have stays unknown; a day, a range or an about gives a range, and a gap', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    expect(metric(ana, 'timeToDetect')).toMatchObject({ length: null, from: null });
    expect(metric(ana, 'impactDuration')?.note).toContain('Impact started');
    mark(ana, 'detected', at(NIGHT + 30 * MINUTE));
    mark(ana, 'impactStarted', { ...at(NIGHT + 10 * MINUTE), precision: 'fiveMinutes' });
    expect(metric(ana, 'timeToDetect')?.length).toEqual({
      stated: 20 * MINUTE,
      least: 15 * MINUTE,
      most: 25 * MINUTE,
    });
    expect(gapTypes(ana)).toContain('impreciseMilestone.impactStarted');
    const bo = createDevice('Bo', 2);
    bo.declare();
    mark(bo, 'impactStarted', { ...at(NIGHT), precision: 'day' });
    mark(bo, 'detected', { ...at(NIGHT), precision: 'range', until: NIGHT + 30 * MINUTE });
    expect(metric(bo, 'timeToDetect')?.length?.stated).toBeNull();
    // The end before the start is no figure.
    const chen = createDevice('Chen', 3);
    chen.declare();
    mark(chen, 'impactStarted', at(NIGHT));
    mark(chen, 'detected', at(NIGHT - 30 * MINUTE));
    expect(metric(chen, 'timeToDetect')?.length).toBeNull();
    expect(gapTypes(chen)).toContain('milestoneOrder.detected');
  });

  test('[G5] of several milestones the earliest start and the latest end count; the others are named', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    mark(ana, 'detected', at(NIGHT + 9 * MINUTE));
    mark(ana, 'impactStarted', at(NIGHT + 5 * MINUTE));
    mark(ana, 'impactStarted', at(NIGHT));
    mark(ana, 'mitigated', at(NIGHT + 40 * MINUTE));
    mark(ana, 'mitigated', at(NIGHT + 20 * MINUTE));
    const found = metric(ana, 'timeToMitigate');
    expect(found?.length?.stated).toBe(40 * MINUTE);
    expect(found?.others).toHaveLength(2);
    expect(found?.note).toContain('2 more');
  });

  test('[G6] a line struck out says nothing in the draft, and comes back with its sentences', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    const impact = ana.log('One in nine cards fails', { kind: 'impact' });
    const before = draft(ana);
    expect(before.statements.impact).toHaveLength(1);
    ana.run({ type: 'retract', entry: impact.id });
    expect(draft(ana).statements.impact).toHaveLength(0);
    expect(draft(ana).timeline.some(({ id }) => id === impact.id)).toBe(false);
    ana.run({ type: 'restore', entry: impact.id });
    expect(draft(ana).statements.impact.map(({ id }) => id)).toEqual(
      before.statements.impact.map(({ id }) => id),
    );
  });

  test('[G7] one changed line among ten thousand leaves every other sentence the object it was', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    for (let line = 0; line < 500; line += 1) {
      ana.now += MINUTE;
      ana.log(`Action ${line}`, { kind: line % 2 ? 'action' : 'hypothesis' });
    }
    const [first] = ana.doc.read.timeline().filter(({ text }) => text === 'Action 101');
    if (!first) throw new Error('No such line');
    // The rest is the same few lines over and over, under ids of their own.
    const source = sourceOf(ana);
    const many = Array.from({ length: 20 }, (_, copy) =>
      source.timeline.map((entry) =>
        copy === 0 ? entry : { ...entry, id: `${entry.id}${copy}`, effect: null },
      ),
    ).flat();
    const drafter = createDrafter();
    const before = drafter({ ...source, timeline: many });
    const changed = { ...first, text: 'Action, reworded' };
    const after = drafter({
      ...source,
      timeline: many.map((entry) => (entry === first ? changed : entry)),
    });
    const differing = after.statements.response.filter(
      (statement, index) => statement !== before.statements.response[index],
    );
    expect(after.timeline.length).toBeGreaterThan(10_000);
    expect(differing.map(({ sources }) => sources[0])).toEqual([first.id]);
    expect(after.statements.hypotheses).toBe(before.statements.hypotheses);
    expect(after.metrics).toBe(before.metrics);
    expect(after.gaps).toBe(before.gaps);
  });

  test('[G8] twenty silent minutes between detected and mitigated are a gap, nineteen are none, a range breaks the silence', () => {
    const silences = (...lines: readonly Occurred[]) => {
      const ana = createDevice('Ana', 1);
      ana.declare();
      mark(ana, 'detected', at(NIGHT));
      for (const occurred of lines) ana.log('A line', { occurred });
      mark(ana, 'mitigated', at(NIGHT + 60 * MINUTE));
      return draft(ana)
        .gaps.filter(({ type }) => type === 'silence')
        .map(({ words }) => words);
    };
    const minute = (minutes: number) => at(NIGHT + minutes * MINUTE);
    expect(silences(minute(19), minute(38), minute(57))).toEqual([]);
    expect(silences(minute(20), minute(39), minute(58))).toEqual([
      '20 min without a line between detected and mitigated',
    ]);
    const range = { ...minute(5), precision: 'range', until: NIGHT + 50 * MINUTE } as const;
    expect(silences(range)).toEqual([]);
    expect(silences()).toEqual(['1 h without a line between detected and mitigated']);
  });

  test('[G15] a part with a gap is not done, and what only people can say is open until they did', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    const stateOf = (section: string) =>
      toChecks(draft(ana), ana.doc.read.prose()).find((check) => check.section === section);
    expect(stateOf('metrics')).toMatchObject({ state: 'open', note: '5 gaps' });
    expect(stateOf('summary')).toMatchObject({ state: 'begun', note: 'to write' });
    expect(stateOf('lessons')).toMatchObject({ state: 'open', note: 'to write' });
    expect(stateOf('openQuestions')).toMatchObject({ state: 'done', note: '' });
    const before = toPercent(toChecks(draft(ana), ana.doc.read.prose()));
    openProseText(ana.doc, 'summary').write([{ at: 0, removed: 0, inserted: 'The pool was cut.' }]);
    expect(stateOf('summary')).toMatchObject({ state: 'done', note: '' });
    expect(toPercent(toChecks(draft(ana), ana.doc.read.prose()))).toBeGreaterThan(before);
    const question = ana.log('Who cut it?');
    ana.run({ type: 'changeClaim', entry: question.id, claim: 'question' });
    expect(stateOf('openQuestions')).toMatchObject({ state: 'begun', note: '1 gap' });
    openProseText(ana.doc, 'summary').write([{ at: 0, removed: 17, inserted: ' ' }]);
    expect(stateOf('summary')?.state).toBe('begun');
  });

  test('[G16] a silence is closed by a line in its middle, a milestone by itself, an imprecise time by its line', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    mark(ana, 'detected', at(NIGHT));
    mark(ana, 'mitigated', { ...at(NIGHT + 40 * MINUTE), precision: 'fiveMinutes' });
    const mendOf = (type: string) => draft(ana).gaps.find((gap) => gap.type === type)?.mend;
    expect(mendOf('silence')).toEqual({
      type: 'addLine',
      at: NIGHT + 20 * MINUTE,
      milestone: null,
    });
    expect(mendOf('missingMilestone')).toMatchObject({
      type: 'addLine',
      milestone: 'impactStarted',
      at: NIGHT,
    });
    expect(mendOf('impreciseMilestone')).toMatchObject({ type: 'editLine' });
    expect(mendOf('noOwner')).toBeUndefined();
  });

  test('[G25] a hypothesis that was settled says how, and leaves no gap', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    const { id } = ana.log('The pool was halved', { kind: 'hypothesis' });
    const first = () => draft(ana).statements.hypotheses[0]?.parts[0];
    expect(first()).toEqual({ type: 'words', words: 'No outcome yet: ' });
    expect(gapTypes(ana)).toContain('hypothesisWithoutOutcome');
    ana.run({ type: 'setOutcome', entry: id, outcome: 'testing' });
    expect(first()).toEqual({ type: 'words', words: 'Being tested: ' });
    expect(gapTypes(ana)).toContain('hypothesisWithoutOutcome');
    ana.run({ type: 'setOutcome', entry: id, outcome: 'ruledOut' });
    expect(first()).toEqual({ type: 'words', words: 'Ruled out: ' });
    expect(gapTypes(ana)).not.toContain('hypothesisWithoutOutcome');
    expect(ana.run({ type: 'setOutcome', entry: id, outcome: 'ruledOut' })).toMatchObject({
      changes: [],
    });
  });

  test('[G26] what somebody said will be done stands with the lessons', () => {
    const ana = createDevice('Ana', 1);
    ana.declare();
    expect(draft(ana).statements.lessons).toEqual([]);
    const { id } = ana.log('Pin the pool size in every module', { kind: 'action' });
    ana.log('Roll back first', { kind: 'decision' });
    ana.run({ type: 'changeClaim', entry: id, claim: 'commitment' });
    expect(draft(ana).statements.lessons).toMatchObject([{ sources: [id], claim: 'commitment' }]);
  });
});
