/** How complete the draft is: one bar a part, and a number. */

import { For } from 'solid-js';
import { useDraft } from './draft-context.ts';

export function Meter() {
  const { open } = useDraft();
  return (
    <div class="pm-meter">
      <div
        class="meter"
        role="meter"
        aria-label="Complete"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={open.percent()}
        aria-valuetext={`${open.percent()} percent complete`}
      >
        <For each={open.checks()}>{({ state }) => <i data-state={state} />}</For>
      </div>
      <span class="mono" aria-hidden="true">
        {open.percent()}%
      </span>
    </div>
  );
}
