/** Screen readers hear the lines of others once, when they come; later edits of them are not repeated. */

import { createMemo, on, Show } from 'solid-js';
import { toMilestone } from '../../../shared/domain/entry.ts';
import type { EntryId } from '../../../shared/domain/id.ts';
import { toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import { countLines } from '../shell/words.ts';

/** Characters of a line that are read out; the rest is read in the log. */
const MAX_SPOKEN = 200;

export function NewsForEars(props: { lines: readonly EntryId[] }) {
  const { state } = useApp();
  const { view } = useIncident();
  const words = createMemo(
    on(
      () => props.lines,
      (lines) => {
        const [id = ''] = lines;
        const entry = view.entry(id);
        if (!entry) return null;
        if (lines.length > 1) return { words: `${countLines(lines.length)} came in` };
        const milestone = toMilestone(entry);
        const what = milestone ? MILESTONE_WORDS[milestone] : toKindWord(entry.kind);
        return { words: `${nameOf(state, view, entry.by)}. ${what}. ${shorten(entry.text)}` };
      },
    ),
  );
  // A node of its own for each batch: the same words twice are news twice.
  return (
    <div class="visually-hidden" role="status">
      <Show when={words()} keyed>
        {(said) => <p>{said.words}</p>}
      </Show>
    </div>
  );
}

function shorten(text: string): string {
  return text.length <= MAX_SPOKEN ? text : `${text.slice(0, MAX_SPOKEN)}…`;
}
