/**
 * Keeps a text field and a shared text the same while several people type. What others write waits while a
 * composition (an input method, autocorrect, dictation) is under way: replacing the field's value then would double
 * or drop what is being composed.
 *
 * `base` is the text both sides last agreed on. What the person changed is the difference between `base` and the
 * field; it is carried over what others did to `base` meanwhile, character by character.
 */

import { cleanText } from '../domain/entry-text.ts';
import type { TextBinding, TextField } from '../domain/text-field.ts';
import { type CleanView, toCleanView } from './clean-view.ts';
import type { SharedText, Splice } from './shared-text.ts';

/**
 * @param accepts whether the text may become this, from that; when not, the field keeps it and the shared text stays
 *   as it is
 */
export function bindText(
  shared: SharedText,
  field: TextField,
  accepts: (text: string, before: string) => boolean = () => true,
): TextBinding {
  let base = shared.read();
  let view = toCleanView(base);
  let others: Splice[] = [];
  let isComposing = false;
  let isSettling = false;
  field.write(view.text, { start: view.text.length, end: view.text.length });

  function agree(text: string): void {
    base = text;
    view = toCleanView(text);
    others = [];
  }

  /** Both ways: what the person did goes out, what the others did comes in. @returns whether it was accepted */
  function settle(): boolean {
    if (isSettling) return true; // writing tells the whole page, and somebody there may ask again
    const { value: written, selection } = field.read();
    const value = cleanText(written);
    if (value !== view.text && !accepts(value, view.text)) return false;
    const typed = findSplice(view.text, value, selection.end);
    const mine = typed && toRawSplice(typed, view);
    const place = createPlaces(base, others);
    const before = view;
    isSettling = true;
    try {
      if (mine) shared.write(carryOver(mine, place));
    } finally {
      // Whoever listens to the text may fail; it is written all the same, and the next letter is still heard.
      isSettling = false;
      agree(shared.read());
      if (view.text !== written) {
        const mergedAt = mine ? toFieldPlaces(mine, place) : place;
        const toPlace = (index: number): number =>
          view.toShown(mergedAt(toRawField(index, typed, before)));
        field.write(view.text, { start: toPlace(selection.start), end: toPlace(selection.end) });
      }
    }
    return true;
  }

  const stop = shared.watch((splices) => {
    others.push(...splices);
    if (!isComposing) settle();
  });

  return {
    onInput: () => isComposing || settle(),
    onCompositionStart() {
      isComposing = true;
    },
    onCompositionEnd() {
      isComposing = false;
      return settle();
    },
    revert() {
      if (isComposing) return;
      agree(shared.read());
      field.write(view.text, { start: view.text.length, end: view.text.length });
    },
    stop() {
      isComposing = false;
      settle();
      stop();
    },
  };
}

/** From what is shown to what is there. */
function toRawSplice({ at, removed, inserted }: Splice, view: CleanView): Splice {
  const start = view.toRaw(at);
  return { at: start, removed: view.toRaw(at + removed) - start, inserted };
}

/** The same place, in the raw text with the person's own splice done. */
function toRawField(index: number, typed: Splice | null, view: CleanView): number {
  if (!typed || index <= typed.at) return view.toRaw(index);
  const { at, removed, inserted } = typed;
  const start = view.toRaw(at);
  if (index <= at + inserted.length) return start + (index - at);
  const gone = view.toRaw(at + removed) - start;
  return view.toRaw(index - inserted.length + removed) - gone + inserted.length;
}

/** Where a place between two characters of `base` is now. */
type Places = (index: number) => number;

/** The one splice that leads from `before` to `after`. The caret tells which of several equal letters was typed. */
export function findSplice(before: string, after: string, caret: number): Splice | null {
  if (before === after) return null;
  const maxSuffix = Math.min(before.length, after.length - caret);
  let suffix = 0;
  while (
    suffix < maxSuffix &&
    before[before.length - 1 - suffix] === after[after.length - 1 - suffix]
  ) {
    suffix += 1;
  }
  const maxPrefix = Math.min(before.length, after.length) - suffix;
  let prefix = 0;
  while (prefix < maxPrefix && before[prefix] === after[prefix]) prefix += 1;
  // Half a surrogate pair must not be replaced alone.
  if (isHighSurrogate(before, prefix - 1) || isHighSurrogate(after, prefix - 1)) prefix -= 1;
  if (
    suffix > 0 &&
    (isHighSurrogate(before, before.length - suffix - 1) ||
      isHighSurrogate(after, after.length - suffix - 1))
  ) {
    suffix -= 1;
  }
  return {
    at: prefix,
    removed: before.length - suffix - prefix,
    inserted: after.slice(prefix, after.length - suffix),
  };
}

/** What happened to every character of `base`: where it is now, or -1 when it is gone. */
function trackCharacters(base: string, splices: readonly Splice[]): readonly number[] {
  // Each character is named by its index in base; inserted ones are -1.
  let line: number[] = Array.from({ length: base.length }, (_, index) => index);
  for (const { at, removed, inserted } of splices) {
    const added: number[] = new Array(inserted.length).fill(-1);
    line = [...line.slice(0, at), ...added, ...line.slice(at + removed)];
  }
  const now: number[] = new Array(base.length).fill(-1);
  for (const [index, name] of line.entries()) if (name >= 0) now[name] = index;
  return now;
}

function createPlaces(
  base: string,
  others: readonly Splice[],
): Places & { at(index: number): number } {
  const now = others.length > 0 ? trackCharacters(base, others) : null;
  const at = (index: number): number => (now ? (now[index] ?? -1) : index);
  /** Right after the nearest surviving character before it: where the caret stood when others wrote. */
  const place = (index: number): number => {
    for (let before = index - 1; before >= 0; before--) {
      const found = at(before);
      if (found >= 0) return found + 1;
    }
    return 0;
  };
  return Object.assign(place, { at });
}

/** My splice, made on `base`, as splices on the text as it is now. Others' insertions inside my range survive. */
function carryOver(mine: Splice, place: ReturnType<typeof createPlaces>): readonly Splice[] {
  const splices: Splice[] = [];
  for (let index = mine.at + mine.removed - 1; index >= mine.at; index--) {
    const found = place.at(index);
    if (found < 0) continue;
    const last = splices.at(-1);
    if (last && last.at === found + 1) {
      splices[splices.length - 1] = { at: found, removed: last.removed + 1, inserted: '' };
    } else {
      splices.push({ at: found, removed: 1, inserted: '' });
    }
  }
  if (mine.inserted !== '')
    splices.push({ at: place(mine.at), removed: 0, inserted: mine.inserted });
  return splices;
}

/** From a place in the field (my splice done, the others' not) to the place in the merged text. */
function toFieldPlaces(mine: Splice, place: Places): Places {
  const start = place(mine.at);
  const end = mine.at + mine.inserted.length;
  return (index) => {
    if (index <= mine.at) return place(index);
    if (index <= end) return start + (index - mine.at);
    const inBase = index - mine.inserted.length + mine.removed;
    return place(inBase) - mine.removed + mine.inserted.length;
  };
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit < 0xdc00;
}
