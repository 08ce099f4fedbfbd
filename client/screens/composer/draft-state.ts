/** The half-written line as signals; every change is on its way to the disk at once. */

import { type Accessor, batch, createSignal } from 'solid-js';
import type { Draft, SpentDraft } from '../../../shared/domain/draft.ts';
import type { Kind } from '../../../shared/domain/kind.ts';
import type { ClockReading, Occurred } from '../../../shared/domain/occurred.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Actions, DraftPlace } from '../../actions/actions.ts';

export type DraftState = {
  readonly text: Accessor<string>;
  readonly kind: Accessor<Kind>;
  /** The moment the first character came. Clearing the text forgets it. */
  readonly firstTouch: Accessor<Instant | null>;
  readonly lastTouch: Accessor<Instant | null>;
  /** A time the person set; null while it is the first touch. */
  readonly occurred: Accessor<Occurred | null>;
  /** How wrong the phone's clock was when the time was read off it. It may be set before the line is sent. */
  readonly clock: Accessor<ClockReading>;
  /** What came back from the disk, as long as nobody changed it. */
  readonly restored: Accessor<Draft | null>;
  /** Brings back what was left half-written; what was typed before it came is kept beside it. */
  open(): Promise<void>;
  /** Gives the place on the disk to whoever comes next. */
  close(): void;
  setText(text: string, now: Instant): void;
  setKind(kind: Kind): void;
  /** `now`: it was read off the clock just now, and not derived from the first touch. */
  setOccurred(occurred: Occurred | null, from?: 'now'): void;
  /** What is being sent, for whoever takes it off the disk. */
  toSpend(): Promise<SpentDraft>;
  /**
   * Empties the field for the next line; the copy on the disk goes when the line it became is there. What a tab that
   * is gone left half-written comes up.
   */
  clear(nextKind: Kind): void;
  /** Empties the field and the copy on the disk. */
  discard(): void;
};

type DraftActions = Pick<
  Actions,
  'claimLeftDraft' | 'claimEmptyDraft' | 'writeDraft' | 'readClock'
>;

export function createDraftState(actions: DraftActions, subject: string): DraftState {
  const [text, setText] = createSignal('');
  const [kind, setKind] = createSignal<Kind>('observation');
  const [firstTouch, setFirstTouch] = createSignal<Instant | null>(null);
  const [lastTouch, setLastTouch] = createSignal<Instant | null>(null);
  const [occurred, setOccurred] = createSignal<Occurred | null>(null);
  const [clock, setClock] = createSignal<ClockReading>(null);
  const [restored, setRestored] = createSignal<Draft | null>(null);
  let place: DraftPlace | null = null;
  let placing: Promise<DraftPlace> | null = null;
  let isClosed = false;

  function show(draft: Draft): void {
    batch(() => {
      setText(draft.text);
      setKind(draft.kind);
      setFirstTouch(draft.firstTouch);
      setLastTouch(draft.lastTouch);
      setOccurred(draft.occurred);
      setClock(draft.clock ?? null);
      setRestored(draft);
    });
  }

  function take(claimed: DraftPlace): DraftPlace {
    place?.release();
    place = claimed;
    if (isClosed) claimed.release();
    return claimed;
  }

  async function findPlace(): Promise<DraftPlace> {
    const found = await actions.claimLeftDraft(subject);
    if (found?.left && text() === '') {
      if (!isClosed) show(found.left);
      return take(found);
    }
    found?.release();
    return take(await actions.claimEmptyDraft(subject));
  }

  async function bringUpLeft(): Promise<void> {
    const found = await actions.claimLeftDraft(subject);
    if (!found?.left || text() !== '' || found.left.text === '' || isClosed)
      return found?.release();
    show(found.left);
    take(found);
  }

  function keep(): void {
    setRestored(null);
    if (place) write(place);
    else void placing?.then(write);
  }

  function write({ key }: DraftPlace): void {
    actions.writeDraft({
      key,
      text: text(),
      kind: kind(),
      firstTouch: firstTouch(),
      lastTouch: lastTouch(),
      occurred: occurred(),
      clock: clock(),
    });
  }

  function empty(nextKind: Kind): void {
    batch(() => {
      setText('');
      setKind(nextKind);
      setFirstTouch(null);
      setLastTouch(null);
      setOccurred(null);
      setClock(null);
      setRestored(null);
    });
  }

  return {
    text,
    kind,
    firstTouch,
    lastTouch,
    occurred,
    clock,
    restored,
    async open() {
      placing = findPlace();
      await placing;
    },
    close() {
      isClosed = true;
      place?.release();
    },
    setText(next, now) {
      batch(() => {
        setText(next);
        if (next !== '' && firstTouch() === null) setClock(actions.readClock());
        if (next === '') setFirstTouch(null);
        else setFirstTouch(firstTouch() ?? now);
        if (next === '' && occurred()?.basis === 'firstTouch') setOccurred(null);
        setLastTouch(next === '' ? null : now);
      });
      keep();
    },
    setKind(next) {
      setKind(next);
      keep();
    },
    setOccurred(next, from) {
      if (from === 'now' || firstTouch() === null) setClock(actions.readClock());
      setOccurred(next);
      keep();
    },
    async toSpend() {
      const held = place ?? (await placing);
      return { key: held?.key ?? subject, text: text(), lastTouch: lastTouch() };
    },
    clear(nextKind) {
      empty(nextKind);
      void bringUpLeft();
    },
    discard() {
      empty(kind());
      keep();
    },
  };
}
