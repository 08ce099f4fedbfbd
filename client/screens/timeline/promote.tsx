/** Once it is resolved, the way on: the draft that the log already is. */

import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { toLengthWords } from '../../../shared/domain/time-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';

export function Promote() {
  const { id, view } = useIncident();
  /** Impact started, else detected, else declared, until resolved. */
  const length = (): string => {
    const { resolvedAt, clockStart } = view.state();
    if (resolvedAt === null || !clockStart || resolvedAt < clockStart.at) return 'Resolved';
    return `Resolved after ${toLengthWords(resolvedAt - clockStart.at)}`;
  };
  return (
    <Show when={view.state().status === 'resolved'}>
      <div class="promote">
        <Icon name="document" />
        <p class="grow">{length()}</p>
        <A class="button small" href={`/i/${id}/postmortem`}>
          Write the postmortem
        </A>
      </div>
    </Show>
  );
}
