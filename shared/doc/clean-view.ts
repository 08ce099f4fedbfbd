/**
 * A shared text as a field can show it. Another program may have written what our own never do: carriage returns,
 * control characters, halves of a surrogate pair. They stay in the document; a place in the one text is a place in
 * the other, so that nobody who only looks seems to have changed them.
 */

import { cleanText } from '../domain/entry-text.ts';

export type CleanView = {
  readonly text: string;
  /** From a place in the shown text to the one in the raw text. */
  toRaw(index: number): number;
  toShown(index: number): number;
};

const ODD = /\r\n|\p{Surrogate}|(?![\t\n])\p{Cc}/gu;

export function toCleanView(raw: string): CleanView {
  const text = cleanText(raw);
  if (text === raw) return { text, toRaw: (index) => index, toShown: (index) => index };
  const rawAt = toRawPlaces(raw);
  return {
    text,
    toRaw: (index) => rawAt[index] ?? raw.length,
    toShown(index) {
      const after = rawAt.findIndex((at) => at >= index);
      return after < 0 ? text.length : after;
    },
  };
}

/** Where each shown character is in the raw text. */
function toRawPlaces(raw: string): readonly number[] {
  const places: number[] = [];
  let from = 0;
  for (const match of raw.matchAll(ODD)) {
    for (let at = from; at < match.index; at += 1) places.push(at);
    for (let shown = cleanText(match[0]).length; shown > 0; shown -= 1) places.push(match.index);
    from = match.index + match[0].length;
  }
  for (let at = from; at < raw.length; at += 1) places.push(at);
  return places;
}
