/**
 * Text that does not fit into one line. It is kept as the draft and shown as a card, because a field with megabytes in
 * it holds up the phone for seconds. It can be kept as a file, cut, or put away.
 */

import {
  cutToUtf8Length,
  MAX_TEXT_BYTES,
  toUtf8Length,
} from '../../../shared/domain/entry-text.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import { useApp } from '../shell/app-context.ts';
import { passFocus } from '../shell/pass-focus.ts';
import { saveAsFile } from '../shell/save-as-file.ts';
import type { DraftState } from './draft-state.ts';

export function TooLong(props: { draft: DraftState; title: string }) {
  const { clock } = useApp();
  const text = () => props.draft.text();
  /** The card is gone then, and the field is back. */
  function write(next: string, button: HTMLButtonElement): void {
    const { form } = button;
    props.draft.setText(next, clock.now());
    passFocus(form?.querySelector('textarea'));
  }

  return (
    <div class="too-long">
      <p role="alert">{toSentence({ reason: 'textTooLong', bytes: toUtf8Length(text()) })}</p>
      <button
        type="button"
        class="button small"
        onClick={() => saveAsFile(`${props.title}.txt`, 'text/plain', text())}
      >
        Save as a file
      </button>
      <button
        type="button"
        class="button small"
        onClick={(event) => write(cutToUtf8Length(text(), MAX_TEXT_BYTES), event.currentTarget)}
      >
        Cut to fit
      </button>
      <button
        type="button"
        class="button small"
        onClick={(event) => write('', event.currentTarget)}
      >
        Clear
      </button>
    </div>
  );
}

/** A character takes at most three bytes a unit, so short texts, which is nearly all, need no counting. */
export function isTooLong(text: string): boolean {
  return text.length * 3 > MAX_TEXT_BYTES && toUtf8Length(text) > MAX_TEXT_BYTES;
}
