/** Text that does not fit into one line stays where it is and can be kept as a file. */

import { createMemo, Show } from 'solid-js';
import { MAX_TEXT_BYTES, toUtf8Length } from '../../../shared/domain/entry-text.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import { saveAsFile } from '../shell/save-as-file.ts';
import type { DraftState } from './draft-state.ts';

export function TooLongNote(props: { draft: DraftState; title: string }) {
  const bytes = createMemo(() => {
    const text = props.draft.text();
    // A character is at most three bytes a unit; short drafts, which is nearly all, need no counting.
    return text.length * 3 <= MAX_TEXT_BYTES ? 0 : toUtf8Length(text);
  });
  return (
    <Show when={bytes() > MAX_TEXT_BYTES}>
      <div class="too-long">
        <p role="alert">{toSentence({ reason: 'textTooLong', bytes: bytes() })}</p>
        <button
          type="button"
          class="button small"
          onClick={() => saveAsFile(`${props.title}.txt`, 'text/plain', props.draft.text())}
        >
          Save as a file
        </button>
      </div>
    </Show>
  );
}
