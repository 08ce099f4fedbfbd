/** The half-written line as signals; every change is on its way to the disk at once. */

import { type Accessor, batch, createSignal } from 'solid-js';
import type { Draft } from '../../../shared/domain/draft.ts';
import type { Kind } from '../../../shared/domain/kind.ts';
import type { Occurred } from '../../../shared/domain/occurred.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Actions } from '../../actions/actions.ts';

export type DraftState = {
  readonly text: Accessor<string>;
  readonly kind: Accessor<Kind>;
  /** The moment the first character came. Clearing the text forgets it. */
  readonly firstTouch: Accessor<Instant | null>;
  readonly lastTouch: Accessor<Instant | null>;
  /** A time the person set; null while it is the first touch. */
  readonly occurred: Accessor<Occurred | null>;
  restore(): Promise<void>;
  /** What came back from the disk, as long as nobody changed it. */
  readonly restored: Accessor<Draft | null>;
  setText(text: string, now: Instant): void;
  setKind(kind: Kind): void;
  setOccurred(occurred: Occurred | null): void;
  /** Empties the field for the next line; the copy on the disk goes when the line it became is there. */
  clear(nextKind: Kind): void;
  /** Empties the field and the copy on the disk. */
  discard(): void;
};

export function createDraftState(
  actions: Pick<Actions, 'readDraft' | 'writeDraft'>,
  key: string,
): DraftState {
  const [text, setText] = createSignal('');
  const [kind, setKind] = createSignal<Kind>('observation');
  const [firstTouch, setFirstTouch] = createSignal<Instant | null>(null);
  const [lastTouch, setLastTouch] = createSignal<Instant | null>(null);
  const [occurred, setOccurred] = createSignal<Occurred | null>(null);
  const [restored, setRestored] = createSignal<Draft | null>(null);

  function keep(): void {
    setRestored(null);
    const draft: Draft = {
      key,
      text: text(),
      kind: kind(),
      firstTouch: firstTouch(),
      lastTouch: lastTouch(),
      occurred: occurred(),
    };
    actions.writeDraft(draft);
  }

  function clear(nextKind: Kind): void {
    batch(() => {
      setText('');
      setKind(nextKind);
      setFirstTouch(null);
      setLastTouch(null);
      setOccurred(null);
      setRestored(null);
    });
  }

  return {
    text,
    kind,
    firstTouch,
    lastTouch,
    occurred,
    restored,
    async restore() {
      const draft = await actions.readDraft(key);
      if (!draft || text() !== '') return;
      batch(() => {
        setText(draft.text);
        setKind(draft.kind);
        setFirstTouch(draft.firstTouch);
        setLastTouch(draft.lastTouch);
        setOccurred(draft.occurred);
        setRestored(draft);
      });
    },
    setText(next, now) {
      batch(() => {
        setText(next);
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
    setOccurred(next) {
      setOccurred(next);
      keep();
    },
    clear,
    discard() {
      clear(kind());
      keep();
    },
  };
}
