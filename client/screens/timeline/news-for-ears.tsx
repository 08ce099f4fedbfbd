/** Screen readers hear each line of somebody else once, when it comes. */

import { toMilestone } from '../../../shared/domain/entry.ts';
import type { EntryId } from '../../../shared/domain/id.ts';
import { toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { useApp } from '../shell/app-context.ts';
import { useIncident } from './incident-context.ts';
import { nameOf } from './people.ts';

export function NewsForEars(props: { id: EntryId | null }) {
  const { state } = useApp();
  const { view } = useIncident();
  const words = (): string => {
    const entry = props.id === null ? undefined : view.entry(props.id);
    if (!entry) return '';
    const milestone = toMilestone(entry);
    const what = milestone ? MILESTONE_WORDS[milestone] : toKindWord(entry.kind);
    return `${nameOf(state, view, entry.by)}. ${what}. ${entry.text}`;
  };
  return (
    <p class="visually-hidden" role="status">
      {words()}
    </p>
  );
}
