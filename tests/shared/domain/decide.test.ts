import { describe, expect, test } from 'vitest';
import { MAX_TEXT_BYTES } from '../../../shared/domain/entry-text.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { at, createDevice, type Device, NIGHT } from '../../support/device.ts';

function declared(): Device {
  const ana = createDevice('Ana');
  ana.declare();
  return ana;
}

describe('deciding', () => {
  test('[C4a] the kind sets the claim, and the claim can be set apart', () => {
    const ana = declared();
    const guess = ana.log('The pool is too small', { kind: 'hypothesis' });
    expect(guess.claim).toBe('hypothesis');
    ana.run({ type: 'changeClaim', entry: guess.id, claim: 'fact' });
    expect(ana.doc.read.entry(guess.id)?.claim).toBe('fact');
    ana.run({ type: 'changeKind', entry: guess.id, kind: 'decision' });
    expect(ana.doc.read.entry(guess.id)).toMatchObject({ kind: 'decision', claim: 'commitment' });
  });

  test('[C2a] a line without words is refused, and says what to do', () => {
    const ana = declared();
    const decision = ana.run({ type: 'log', kind: 'action', text: ' \n ', occurred: at(NIGHT) });
    expect(decision).toEqual({ ok: false, refusal: { reason: 'emptyText' } });
    expect(toSentence({ reason: 'emptyText' })).toMatch(/Say something first/);
    expect(ana.story()).toHaveLength(3);
  });

  test('[C2b] a line holds 64 KiB of UTF-8 to the byte, and not one more', () => {
    const ana = declared();
    const fits = 'é'.repeat(MAX_TEXT_BYTES / 2);
    expect(ana.log(fits).text).toBe(fits);
    const occurred = at(NIGHT);
    const tooLong = ana.run({ type: 'log', kind: 'action', text: `${fits}!`, occurred });
    expect(tooLong).toEqual({
      ok: false,
      refusal: { reason: 'textTooLong', bytes: MAX_TEXT_BYTES + 1 },
    });
    if (!tooLong.ok) expect(toSentence(tooLong.refusal)).toContain('65 KiB; one line holds 64 KiB');
  });

  test('[C2c] control characters are left out; words, tabs, new lines and any script stay', () => {
    const ana = declared();
    const text =
      'a\u0000\u001b[31mb\r\nc\td \u202eשלום\u202c 👩‍👩‍👧‍👦 \ud800 <script>alert(1)</script>';
    expect(ana.log(text).text).toBe(
      'a[31mb\nc\td \u202eשלום\u202c 👩‍👩‍👧‍👦 \ufffd <script>alert(1)</script>',
    );
  });

  test('[C5b] a milestone needs a name and no words', () => {
    const ana = declared();
    const nameless = ana.run({ type: 'log', kind: 'milestone', text: 'x', occurred: at(NIGHT) });
    expect(nameless).toEqual({ ok: false, refusal: { reason: 'milestoneMissing' } });
    expect(ana.mark('detected').text).toBe('');
  });

  test('[C3a] a kind can be changed; a milestone that becomes something else loses its moment', () => {
    const ana = declared();
    const mark = ana.mark('detected');
    const wordless = ana.run({ type: 'changeKind', entry: mark.id, kind: 'alert' });
    expect(wordless).toEqual({ ok: false, refusal: { reason: 'emptyText' } });

    const line = ana.log('Error rate is 11%');
    const becomes = { type: 'changeKind', entry: line.id, kind: 'milestone' } as const;
    ana.run({ ...becomes, milestone: 'identified' });
    expect(ana.doc.read.state().status).toBe('identified');
    ana.run({ type: 'changeKind', entry: line.id, kind: 'observation' });
    expect(ana.doc.read.state().status).toBe('investigating');
    expect(ana.doc.read.entry(line.id)).toMatchObject({ kind: 'observation', effect: null });
  });

  test('[C9d] a line the log wrote about a change keeps its kind', () => {
    const ana = declared();
    const severity = ana.doc.read.timeline().find((entry) => entry.effect?.type === 'severity');
    const decision = ana.run({ type: 'changeKind', entry: severity?.id ?? '', kind: 'action' });
    expect(decision).toEqual({ ok: false, refusal: { reason: 'entryNotEditable' } });
  });

  test('[T3a] a time can be moved, and the first one is never lost', () => {
    const ana = declared();
    const line = ana.log('Rolled back', { kind: 'action' });
    const earlier = at(NIGHT - 15 * MINUTE, { basis: 'exact', precision: 'minute' });
    ana.run({ type: 'changeTime', entry: line.id, occurred: earlier });
    expect(ana.doc.read.entry(line.id)).toMatchObject({
      occurred: earlier,
      firstOccurred: { at: NIGHT, basis: 'firstTouch' },
    });
    const broken = ana.run({ type: 'changeTime', entry: line.id, occurred: at(Number.NaN) });
    expect(broken).toEqual({ ok: false, refusal: { reason: 'timeUnreadable' } });
  });

  test('[C11a] a struck line stays, says who struck it, and comes back', () => {
    const ana = declared();
    const line = ana.log('Wrong window');
    ana.run({ type: 'retract', entry: line.id });
    expect(ana.story()).toContain('Wrong window');
    expect(ana.doc.read.entry(line.id)?.retracted).toMatchObject({ by: ana.person });
    ana.run({ type: 'restore', entry: line.id });
    expect(ana.doc.read.entry(line.id)?.retracted).toBeNull();
  });

  test('[C11b] a star is on or off, and asking twice changes nothing', () => {
    const ana = declared();
    const line = ana.log('Settlement batch holds 18 connections');
    ana.run({ type: 'star', entry: line.id, on: true });
    const size = ana.doc.size();
    ana.run({ type: 'star', entry: line.id, on: true });
    expect(ana.doc.size()).toBe(size);
    expect(ana.doc.read.entry(line.id)?.starred).toMatchObject({ by: ana.person });
    ana.run({ type: 'star', entry: line.id, on: false });
    expect(ana.doc.read.entry(line.id)?.starred).toBeNull();
  });

  test('[L1a] a command for a line this phone does not have is refused', () => {
    const decision = declared().run({ type: 'retract', entry: '0000000000000000' });
    expect(decision).toEqual({ ok: false, refusal: { reason: 'entryUnknown' } });
  });

  test('[C17b] a title of 200 characters fits and a longer one is refused before anything is written', () => {
    const ana = createDevice('Ana');
    ana.declare('x'.repeat(201));
    expect(ana.doc.size()).toBe(0);
    ana.declare('👩‍💻'.repeat(66));
    expect(ana.doc.read.facts().title).toBe('👩‍💻'.repeat(66));
  });

  test('[L3a] who writes is named in the incident, and a new name replaces the old one', () => {
    const ana = declared();
    expect(ana.doc.read.personName(ana.person)).toBe('Ana');
    const decision = ana.run({ type: 'rename', title: 'EU checkout' });
    expect(decision.ok && decision.changes.map((change) => change.type)).toEqual([
      'setIncidentField',
    ]);
  });
});
