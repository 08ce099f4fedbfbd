/** What comes next, while somebody else is at it. Not read out: it comes and goes with every pause. */

import { Show } from 'solid-js';
import { Avatar } from '../../parts/avatar.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { toWritingWords } from '../incident/people.ts';

export function WritingLine() {
  const { view } = useIncident();
  const words = () => toWritingWords(view.others());
  const first = () => view.others().find(({ writing }) => writing !== null);
  return (
    <Show when={words()}>
      <div class="line writing" aria-live="off">
        <div class="line-time" />
        <div class="line-node">
          <Avatar name={first()?.name ?? ''} />
        </div>
        <p>
          {words()}
          <span class="dots" aria-hidden="true" />
        </p>
      </div>
    </Show>
  );
}
