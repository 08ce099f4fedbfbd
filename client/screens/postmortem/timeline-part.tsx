/** The shape of the incident, and the way to its lines. */

import { A } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import { toSummary } from '../../../shared/domain/summary.ts';
import { Strip } from '../home/strip.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { countLines } from '../shell/words.ts';
import { useDraft } from './draft-context.ts';

export function TimelinePart() {
  const { id, view } = useIncident();
  const { open } = useDraft();
  const summary = createMemo(() => toSummary(id, view, 0));
  return (
    <div class="pm-timeline" data-severity={view.state().severity ?? 4}>
      <Show when={summary()}>{(found) => <Strip summary={found()} />}</Show>
      <p class="note">
        {countLines(open.draft().timeline.length)}, {open.cited().size} cited here.{' '}
        <A class="pm-link" href={`/i/${id}`}>
          Open the log
        </A>
      </p>
    </div>
  );
}
