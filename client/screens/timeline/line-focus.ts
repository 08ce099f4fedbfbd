/**
 * The log is one stop of the Tab key, and other keys go from line to line. The stop is the line that had the focus last,
 * or else the lowest one on the screen. Its row exists wherever the list is scrolled to.
 */

import { type Accessor, createContext, createMemo, createSignal, useContext } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';
import { isFocusLost } from '../shell/pass-focus.ts';

export type LineFocus = {
  readonly stop: Accessor<EntryId | undefined>;
  /** Lines whose rows must exist: the stop, and whichever has the focus until the stop does. */
  readonly kept: Accessor<readonly EntryId[]>;
  focus(line: EntryId): void;
  /** To be called when the list was scrolled. */
  look(): void;
  onFocusIn(event: FocusEvent): void;
  onFocusOut(event: FocusEvent): void;
  onKeyDown(event: KeyboardEvent): void;
};

const TabStopContext = createContext<(line: EntryId) => boolean>(() => false);

export const TabStopProvider = TabStopContext.Provider;

/** @returns whether the Tab key goes to a line */
export function useTabStop(): (line: EntryId) => boolean {
  return useContext(TabStopContext);
}

/** How far a key goes, in lines. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  k: -1,
  j: 1,
  PageUp: -8,
  PageDown: 8,
  Home: -Number.MAX_SAFE_INTEGER,
  End: Number.MAX_SAFE_INTEGER,
};

/** A new row takes the focus once it was measured, which takes a few frames. */
const MAX_FRAMES = 20;

export function createLineFocus(parts: {
  /** The lines in the list, in order. */
  readonly lines: Accessor<readonly EntryId[]>;
  /** The lowest line that is on the screen as a whole; undefined at the end of the list, where it is the last. */
  readonly lowest: () => EntryId | undefined;
  readonly scrollTo: (line: EntryId) => void;
  readonly findLink: (line: EntryId) => HTMLElement | null | undefined;
}): LineFocus {
  const { lines, lowest, scrollTo, findLink } = parts;
  const [chosen, setChosen] = createSignal<EntryId>();
  const [focused, setFocused] = createSignal<EntryId>();
  const [seen, setSeen] = createSignal<EntryId>();
  /** The line on its way to the focus: keys pressed meanwhile go on from there. */
  let goal: EntryId | undefined;

  const stop = createMemo(() => {
    const all = lines();
    const candidates = [chosen(), seen()];
    return candidates.find((line) => line !== undefined && all.includes(line)) ?? all.at(-1);
  });
  const kept = createMemo(() => {
    const wanted = new Set([stop(), focused()]);
    return [...wanted].filter((line) => line !== undefined);
  });

  function focus(line: EntryId): void {
    goal = line;
    setChosen(line);
    scrollTo(line);
    let tries = MAX_FRAMES;
    const attempt = (): void => {
      if (goal !== line) return;
      const link = findLink(line);
      link?.focus({ preventScroll: true });
      tries -= 1;
      if (link !== document.activeElement && tries > 0) requestAnimationFrame(attempt);
      else goal = undefined;
    };
    attempt();
  }

  return {
    stop,
    kept,
    focus,
    look() {
      setSeen(lowest());
      // A row that is moved among the others, as rows come and go around it, loses the focus.
      const line = focused();
      if (line !== undefined && isFocusLost()) findLink(line)?.focus({ preventScroll: true });
    },
    onFocusIn(event) {
      const line = toLine(event.target);
      setFocused(line);
      if (line !== undefined && goal === undefined) setChosen(line);
    },
    onFocusOut(event) {
      if (event.relatedTarget !== null) setFocused(undefined);
    },
    onKeyDown(event) {
      const step = STEPS[event.key];
      const from = goal ?? toLine(document.activeElement);
      const isPlain = !event.metaKey && !event.ctrlKey && !event.altKey;
      if (step === undefined || from === undefined || !isPlain) return;
      event.preventDefault();
      const all = lines();
      const line = all[Math.min(Math.max(all.indexOf(from) + step, 0), all.length - 1)];
      if (line !== undefined) focus(line);
    },
  };
}

function toLine(target: EventTarget | null): EntryId | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>('[data-line]')?.dataset['line'];
}
