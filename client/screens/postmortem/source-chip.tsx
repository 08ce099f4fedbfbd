/** The line a sentence comes from: its time and its kind, and the way to it. */

import { useLocation } from '@solidjs/router';
import { Show } from 'solid-js';
import { type Entry, toMilestone } from '../../../shared/domain/entry.ts';
import type { EntryId } from '../../../shared/domain/id.ts';
import { toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { toColumnClock, toShownZone } from '../../../shared/domain/occurred.ts';
import { toShortDay } from '../../../shared/domain/time-words.ts';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useDraft } from './draft-context.ts';

export function SourceChip(props: {
  id: EntryId;
  /** In a sheet the log is out of sight. */
  inSheet?: boolean;
}) {
  const { view, zone, openLine } = useIncident();
  const { showLine } = useDraft();
  const location = useLocation();
  const clock = ({ occurred }: Entry): string =>
    occurred.precision === 'day'
      ? toShortDay(occurred.at, toShownZone(occurred, zone()))
      : toColumnClock(occurred, zone());
  const word = (entry: Entry): string => {
    const milestone = toMilestone(entry);
    return milestone ? MILESTONE_WORDS[milestone] : toKindWord(entry.kind);
  };
  return (
    <Show when={view.entry(props.id)}>
      {(entry) => (
        <a
          class="cite"
          href={`${location.pathname}?line=${props.id}`}
          aria-label={`Source: ${clock(entry())}, ${word(entry())}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            if (props.inSheet) openLine(props.id);
            else showLine(props.id);
          }}
        >
          <KindIcon kind={entry().kind} />
          {clock(entry())}
        </a>
      )}
    </Show>
  );
}
