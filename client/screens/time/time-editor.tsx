/** Sets when something happened: a ruler and steps for minutes, one tap for the usual ones, exact where needed. */

import { createSignal, For, onMount, Show } from 'solid-js';
import { shiftMinutes, toMinutesAgo } from '../../../shared/domain/adjust-time.ts';
import { type Occurred, toColumnClock, toOccurredWords } from '../../../shared/domain/occurred.ts';
import { DAY, type Instant, MINUTE, type Zone } from '../../../shared/domain/time.ts';
import { toAgo, toClock, toDayName, toOffset } from '../../../shared/domain/time-words.ts';
import { passFocus } from '../shell/pass-focus.ts';
import { ExactTime } from './exact-time.tsx';
import { Ruler, type RulerMark } from './ruler.tsx';
import './time.css';

/** `02:40`, `~02:40`, `02:40–02:50` */
function toSpan(occurred: Occurred, zone: Zone): string {
  const start = toColumnClock(occurred, zone);
  return occurred.until === null ? start : `${start}${toClock(occurred.until, zone)}`;
}

const PRESETS = [1, 5, 15] as const;

export function TimeEditor(props: {
  occurred: Occurred;
  now: Instant;
  zone: Zone;
  zoneWord: string;
  /** Where T+ counts from; null where there is no incident yet. */
  clockStart: Instant | null;
  marks: readonly RulerMark[];
  /** Presets count back from now while composing, from the line's own time while editing. */
  presetsFrom: 'now' | 'line';
  onChange: (occurred: Occurred) => void;
  /** Where the editor is no part of a sheet, which closes itself. */
  onEscape?: () => void;
}) {
  let section: HTMLElement | undefined;
  const [isExact, setIsExact] = createSignal(false);
  const isDay = () => props.occurred.precision === 'day';
  /** A clock read at midnight means last night more often than tonight. */
  const isFuture = () => !isDay() && props.occurred.at - props.now > MINUTE;
  const move = (minutes: number) => props.onChange(shiftMinutes(props.occurred, minutes));
  const preset = (minutes: number): void => {
    if (props.presetsFrom === 'line') move(-minutes);
    else props.onChange(toMinutesAgo(props.now, minutes, props.occurred.zone));
  };
  const isPreset = (minutes: number): boolean =>
    props.presetsFrom === 'now' &&
    props.occurred.basis !== 'exact' &&
    Math.round((props.now - props.occurred.at) / 60_000) === minutes;

  const toRuler = () => section?.querySelector<HTMLElement>('[role="slider"]');
  // It may stand before the button that opened it, where the next Tab would never find it.
  onMount(() => {
    if (document.activeElement?.matches('button:focus-visible')) toRuler()?.focus();
  });

  return (
    <section
      ref={(element) => {
        section = element;
      }}
      class="time-editor"
      aria-label="When did it happen?"
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onEscape?.();
      }}
    >
      <div class="time-read">
        <time>
          {isDay()
            ? toDayName(props.occurred.at, props.occurred.zone, props.now)
            : toSpan(props.occurred, props.zone)}
        </time>
        <b>{isDay() ? 'no time' : toAgo(props.occurred.at, props.now)}</b>
        <Show when={props.occurred.precision !== 'day' && props.clockStart}>
          {(start) => <span class="offset">T{toOffset(props.occurred.at - start())}</span>}
        </Show>
      </div>
      <p class="visually-hidden" role="status">
        {toOccurredWords(props.occurred, props.zone, props.now)}
      </p>
      <Show when={isFuture()}>
        <p class="time-future" role="alert">
          That is still to come.
          <button
            type="button"
            class="chip"
            onClick={() => {
              props.onChange(shiftMinutes(props.occurred, -DAY / MINUTE));
              passFocus(toRuler());
            }}
          >
            A day earlier
          </button>
        </p>
      </Show>
      <Show when={!isDay()}>
        <div class="time-wheel">
          <button
            type="button"
            class="step"
            aria-label="One minute earlier"
            onClick={() => move(-1)}
          >
            −1<small>min</small>
          </button>
          <Ruler
            at={props.occurred.at}
            now={props.now}
            zone={props.zone}
            marks={props.marks}
            onMove={move}
          />
          <button type="button" class="step" aria-label="One minute later" onClick={() => move(1)}>
            +1<small>min</small>
          </button>
        </div>
      </Show>
      <div class="chips time-presets">
        <Show when={props.presetsFrom === 'now'}>
          <button type="button" class="chip" aria-pressed={isPreset(0)} onClick={() => preset(0)}>
            now
          </button>
        </Show>
        <For each={PRESETS}>
          {(minutes) => (
            <button
              type="button"
              class="chip mono"
              aria-pressed={isPreset(minutes)}
              aria-label={`${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${props.presetsFrom === 'now' ? 'ago' : 'earlier'}`}
              onClick={() => preset(minutes)}
            >
              −{minutes}
            </button>
          )}
        </For>
        <button
          type="button"
          class="chip time-exact"
          aria-pressed={isExact()}
          aria-expanded={isExact()}
          onClick={() => setIsExact(!isExact())}
        >
          Exact
        </button>
      </div>
      <Show when={isExact()}>
        <ExactTime
          occurred={props.occurred}
          zone={props.zone}
          zoneWord={props.zoneWord}
          onChange={props.onChange}
        />
      </Show>
    </section>
  );
}
