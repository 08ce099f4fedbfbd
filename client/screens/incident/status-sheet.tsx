/** How far the response is. Choosing a status logs its milestone. */

import { For } from 'solid-js';
import { toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { STATUS_WORDS, STATUSES, type Status } from '../../../shared/domain/status.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { StatusMark } from '../../parts/status-mark.tsx';
import { useApp } from '../shell/app-context.ts';
import { useIncident } from '../timeline/incident-context.ts';

export function StatusSheet(props: { onClose: () => void }) {
  const { state, clock } = useApp();
  const { view, run } = useIncident();

  function choose(status: Status): void {
    const occurred = toFirstTouch(clock.now(), state.viewerZone);
    void run({ type: 'setStatus', status, occurred });
    props.onClose();
  }

  return (
    <Sheet label="Status" onClose={props.onClose}>
      <ul class="kind-list">
        <For each={STATUSES}>
          {(status) => (
            <li>
              <button
                type="button"
                aria-pressed={view.state().status === status}
                onClick={() => choose(status)}
              >
                <StatusMark status={status} />
                <b>{STATUS_WORDS[status].word}</b>
                <span class="note">{STATUS_WORDS[status].meaning}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <p class="note sheet-note">
        This writes a line with the time now. Tap that line to correct its time.
      </p>
    </Sheet>
  );
}
