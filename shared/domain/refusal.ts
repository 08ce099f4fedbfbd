/** Every expected "no", each with its sentence: what happened, what is safe, what you can do. */

import { MAX_TEXT_BYTES, MAX_TITLE_CHARACTERS, toSizeWords } from './entry-text.ts';

export type Refusal =
  | { readonly reason: 'emptyText' }
  | { readonly reason: 'textTooLong'; readonly bytes: number }
  | { readonly reason: 'lineFull'; readonly bytes: number }
  | { readonly reason: 'lineEmptied' }
  | { readonly reason: 'titleTooLong'; readonly characters: number }
  | { readonly reason: 'emptyTitle' }
  | { readonly reason: 'timeUnreadable' }
  | { readonly reason: 'entryUnknown' }
  | { readonly reason: 'entryNotEditable' }
  | { readonly reason: 'milestoneMissing' }
  | { readonly reason: 'readOnly' }
  | { readonly reason: 'incidentFull'; readonly entries: number };

export function toSentence(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'emptyText':
      return 'Say something first. A few words are enough.';
    case 'textTooLong':
      return `This is ${toSizeWords(refusal.bytes)}; one line holds ${toSizeWords(MAX_TEXT_BYTES)}. Your text is kept here. Save it as a file, or log a shorter line.`;
    case 'lineFull':
      return `With that it would be ${toSizeWords(refusal.bytes)}; one line holds ${toSizeWords(MAX_TEXT_BYTES)}. Nothing was added. Log it as a line of its own.`;
    case 'lineEmptied':
      return 'A line needs words; the log keeps the ones it had. To take it back, strike it out.';
    case 'titleTooLong':
      return `This title has ${refusal.characters} characters; ${MAX_TITLE_CHARACTERS} fit. Shorten it and try again.`;
    case 'emptyTitle':
      return 'Write a title, or keep the one it has.';
    case 'timeUnreadable':
      return 'That is not a date and time. The line keeps the time it has.';
    case 'entryUnknown':
      return 'This line is not on this phone yet. Open it again in a moment.';
    case 'entryNotEditable':
      return 'The log wrote this line about a change, so its kind stays. Its time and text can change.';
    case 'milestoneMissing':
      return 'Choose which milestone it is.';
    case 'readOnly':
      return 'You may read this log, not write in it. To write, ask an owner.';
    case 'incidentFull':
      return `This incident holds ${refusal.entries} lines, which is all it can. Everything in it is kept. Declare a second incident and go on there.`;
  }
}
