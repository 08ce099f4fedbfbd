/** When it happened, with steps at hand and the whole editor one tap away. */

import { createSignal, Show } from 'solid-js';
import { shiftMinutes } from '../../../shared/domain/adjust-time.ts';
import { toClockNote } from '../../../shared/domain/clock-words.ts';
import type { Entry } from '../../../shared/domain/entry.ts';
import { type Occurred, toColumnClock, toOccurredWords } from '../../../shared/domain/occurred.ts';
import { toClockWithSeconds, toOffset } from '../../../shared/domain/time-words.ts';
import { toRulerMarks } from '../composer/ruler-marks.ts';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { TimeEditor } from '../time/time-editor.tsx';

export function EntryTime(props: { entry: Entry }) {
  const { clock } = useApp();
  const { view, zone, zoneWord, run } = useIncident();
  const [isOpen, setIsOpen] = createSignal(false);
  const occurred = () => props.entry.occurred;
  const start = () => view.state().clockStart?.at ?? null;

  function move(next: Occurred): void {
    void run({ type: 'changeTime', entry: props.entry.id, occurred: next });
  }

  return (
    <>
      <div class="entry-time">
        <button
          type="button"
          class="entry-clock"
          aria-expanded={isOpen()}
          aria-label={`${toOccurredWords(occurred(), zone(), clock.now())}. Change time`}
          onClick={() => setIsOpen(!isOpen())}
        >
          <time class="mono">
            {occurred().precision === 'second'
              ? toClockWithSeconds(occurred().at, zone())
              : toColumnClock(occurred(), zone())}
          </time>
          <Show when={occurred().precision !== 'day' && start()}>
            {(from) => <span class="offset">T{toOffset(occurred().at - from())}</span>}
          </Show>
        </button>
        <button
          type="button"
          class="icon-button mono"
          aria-label="One minute earlier"
          onClick={() => move(shiftMinutes(occurred(), -1))}
        >
          −1
        </button>
        <button
          type="button"
          class="icon-button mono"
          aria-label="One minute later"
          onClick={() => move(shiftMinutes(occurred(), 1))}
        >
          +1
        </button>
      </div>
      <Show when={toClockNote(props.entry, zone())}>{(note) => <p class="note">{note()}</p>}</Show>
      <Show when={isOpen()}>
        <div class="entry-editor">
          <TimeEditor
            occurred={occurred()}
            now={clock.now()}
            zone={zone()}
            zoneWord={zoneWord()}
            clockStart={start()}
            marks={toRulerMarks(view, occurred().at)}
            presetsFrom="line"
            onChange={move}
          />
        </div>
      </Show>
    </>
  );
}
