/** A date, a clock and how exact that is, where minutes back are not enough. */

import { createSignal, Show } from 'solid-js';
import { parseWallTime, toWallFields, withPrecision } from '../../../shared/domain/adjust-time.ts';
import type { Occurred, Precision } from '../../../shared/domain/occurred.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { Choice } from '../../parts/choice.tsx';

type Exactness = 'minute' | 'fiveMinutes' | 'quarterHour' | 'range' | 'day';

const EXACTNESS: readonly { value: Exactness; word: string }[] = [
  { value: 'minute', word: 'Exact' },
  { value: 'fiveMinutes', word: 'About 5' },
  { value: 'quarterHour', word: 'About 15' },
  { value: 'range', word: 'From to' },
  { value: 'day', word: 'Day only' },
];

export function ExactTime(props: {
  occurred: Occurred;
  zone: Zone;
  zoneWord: string;
  onChange: (occurred: Occurred) => void;
}) {
  const [isUnreadable, setIsUnreadable] = createSignal(false);
  const fields = () => toWallFields(props.occurred.at, props.zone);
  const end = () => toWallFields(props.occurred.until ?? props.occurred.at, props.zone);
  const isDay = () => props.occurred.precision === 'day';

  function change(day: string, clock: string, endClock: string): void {
    const at = parseWallTime(day, clock, props.zone);
    let until =
      props.occurred.precision === 'range' ? parseWallTime(day, endClock, props.zone) : null;
    setIsUnreadable(at === null);
    if (at === null) return;
    // "From 23:50 to 00:10" ends on the next day.
    if (until !== null && until < at) until += 24 * 60 * 60 * 1000;
    const precision = props.occurred.precision === 'second' ? 'minute' : props.occurred.precision;
    props.onChange({ ...props.occurred, at, until, precision, basis: 'exact' });
  }

  return (
    <div class="exact-time">
      <div class="exact-fields">
        <label>
          <span class="label">Day</span>
          <input
            type="date"
            class="field"
            value={fields().day}
            onChange={(event) => change(event.currentTarget.value, fields().clock, end().clock)}
          />
        </label>
        <Show when={!isDay()}>
          <label>
            <span class="label">{props.occurred.precision === 'range' ? 'From' : 'Time'}</span>
            <input
              type="time"
              class="field"
              value={fields().clock}
              onChange={(event) => change(fields().day, event.currentTarget.value, end().clock)}
            />
          </label>
        </Show>
        <Show when={props.occurred.precision === 'range'}>
          <label>
            <span class="label">To</span>
            <input
              type="time"
              class="field"
              value={end().clock}
              onChange={(event) => change(fields().day, fields().clock, event.currentTarget.value)}
            />
          </label>
        </Show>
      </div>
      <Choice
        label="How exact"
        options={EXACTNESS}
        value={toExactness(props.occurred.precision)}
        onChoose={(precision) =>
          props.onChange({ ...withPrecision(props.occurred, precision), basis: 'exact' })
        }
      />
      <p class="note" role="status">
        {isUnreadable() ? toSentence({ reason: 'timeUnreadable' }) : `Times are ${props.zoneWord}.`}
      </p>
    </div>
  );
}

function toExactness(precision: Precision): Exactness {
  return precision === 'second' ? 'minute' : precision;
}
