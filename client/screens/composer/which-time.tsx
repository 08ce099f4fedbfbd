/** After five idle minutes it is no longer clear which moment the line is about: both are offered, one tap each. */

import { Show } from 'solid-js';
import { toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { type Instant, MINUTE, type Zone } from '../../../shared/domain/time.ts';
import { toClock } from '../../../shared/domain/time-words.ts';
import { useApp } from '../shell/app-context.ts';
import { passFocus } from '../shell/pass-focus.ts';
import type { DraftState } from './draft-state.ts';

const IDLE_AFTER = 5 * MINUTE;

export function WhichTime(props: { draft: DraftState; zone: Zone }) {
  const { state, clock } = useApp();
  const began = () => {
    const draft = props.draft;
    const last = draft.lastTouch();
    const isIdle = last !== null && clock.now() - last >= IDLE_AFTER;
    return isIdle && draft.occurred() === null && draft.text() !== '' ? draft.firstTouch() : null;
  };
  function choose(at: Instant, chip: HTMLElement, from?: 'now'): void {
    const composer = chip.closest('.composer');
    props.draft.setOccurred(toFirstTouch(at, state.viewerZone), from);
    passFocus(composer?.querySelector<HTMLElement>('.composer-time'));
  }

  return (
    <Show when={began()}>
      {(first) => (
        <div class="which-time" role="group" aria-label="When did it happen?">
          <button
            type="button"
            class="chip"
            onClick={(event) => choose(first(), event.currentTarget)}
          >
            {toClock(first(), props.zone)}, when you began
          </button>
          <button
            type="button"
            class="chip"
            onClick={(event) => choose(clock.now(), event.currentTarget, 'now')}
          >
            {toClock(clock.now(), props.zone)}, now
          </button>
        </div>
      )}
    </Show>
  );
}
