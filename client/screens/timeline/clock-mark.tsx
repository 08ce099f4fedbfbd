/** That the time of a line was read off a wrong clock. The sheet of the line says what that clock showed. */

import { Show } from 'solid-js';
import { toClockMark } from '../../../shared/domain/clock-words.ts';
import type { Entry } from '../../../shared/domain/entry.ts';

export function ClockMark(props: { entry: Entry }) {
  return (
    <Show when={toClockMark(props.entry)}>
      {(words) => <span class="offset">clock {words()}</span>}
    </Show>
  );
}
