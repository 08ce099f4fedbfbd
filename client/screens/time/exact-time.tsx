/** A date, a clock and how exact that is, where minutes back are not enough. */

import { createSignal, Show } from 'solid-js';
import {
  parseWallRange,
  parseWallTime,
  toWallFields,
  withPrecision,
} from '../../../shared/domain/adjust-time.ts';
import { type Occurred, type Precision, toShownZone } from '../../../shared/domain/occurred.ts';
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
  const isDay = () => props.occurred.precision === 'day';
  const shownZone = () => toShownZone(props.occurred, props.zone);
  const fields = () => toWallFields(props.occurred.at, shownZone());
  const end = () => toWallFields(props.occurred.until ?? props.occurred.at, shownZone());

  function change(day: string, clock: string, endClock: string): void {
    const isRange = props.occurred.precision === 'range';
    const range = parseWallRange(day, clock, isRange ? endClock : clock, props.zone);
    setIsUnreadable(range === null);
    if (range === null) return;
    const precision = props.occurred.precision === 'second' ? 'minute' : props.occurred.precision;
    take({ ...props.occurred, at: range.at, until: isRange ? range.until : null, precision });
  }

  /** What is read off these fields was meant in the zone they are shown in. */
  function take(occurred: Occurred): void {
    props.onChange({ ...occurred, zone: props.zone, basis: 'exact' });
  }

  function choosePrecision(precision: Precision): void {
    const moved = withPrecision(props.occurred, precision);
    // The day stays the one that is shown, in whichever zone it was written.
    const at = isDay() ? parseWallTime(fields().day, fields().clock, props.zone) : null;
    take(at === null ? moved : withPrecision({ ...props.occurred, at }, precision));
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
        onChoose={choosePrecision}
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
