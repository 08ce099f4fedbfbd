/** Screen readers hear the lines of others once, when they come; later edits of them are not repeated. */

import { createMemo, on } from 'solid-js';
import { toMilestone } from '../../../shared/domain/entry.ts';
import type { EntryId } from '../../../shared/domain/id.ts';
import { toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import { countLines } from '../shell/words.ts';

export function NewsForEars(props: { lines: readonly EntryId[] }) {
  const { state } = useApp();
  const { view } = useIncident();
  const words = createMemo(
    on(
      () => props.lines,
      (lines) => {
        const [id = ''] = lines;
        const entry = view.entry(id);
        if (!entry) return '';
        if (lines.length > 1) return `${countLines(lines.length)} came in`;
        const milestone = toMilestone(entry);
        const what = milestone ? MILESTONE_WORDS[milestone] : toKindWord(entry.kind);
        return `${nameOf(state, view, entry.by)}. ${what}. ${entry.text}`;
      },
    ),
  );
  return (
    <p class="visually-hidden" role="status">
      {words()}
    </p>
  );
}
