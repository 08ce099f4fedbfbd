/** What stands between two lines: a new day, a quiet while, the point from which lines are only on this phone. */

import { createMemo, Show } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import { isHurting } from '../../../shared/domain/incident.ts';
import { toShownZone } from '../../../shared/domain/occurred.ts';
import { HOUR, type Instant, MINUTE, toDayKey } from '../../../shared/domain/time.ts';
import { toDayName, toLengthWords } from '../../../shared/domain/time-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import './between.css';

const QUIET_FROM = 7 * MINUTE;

/** @param props.ghostAt where the line being timed would land, when that is right before this one */
export function Between(props: {
  entry: Entry;
  before: Entry | undefined;
  ghostAt: Instant | null;
}) {
  const { clock } = useApp();
  const { view, zone, zoneLabel, waitingTail } = useIncident();

  const dayOf = ({ occurred }: Entry) => toDayKey(occurred.at, toShownZone(occurred, zone()));
  const day = createMemo(() => {
    const before = props.before;
    const entry = props.entry;
    const dayBefore =
      props.ghostAt === null ? before && dayOf(before) : toDayKey(props.ghostAt, zone());
    const isNewDay = dayBefore !== dayOf(entry);
    const shown = toShownZone(entry.occurred, zone());
    if (!isNewDay) return null;
    return toDayWords(toDayName(entry.occurred.at, shown, clock.now()), zoneLabel());
  });
  const quiet = createMemo(() => {
    const before = props.before;
    const entry = props.entry;
    if (!before || before.occurred.precision === 'day' || entry.occurred.precision === 'day') {
      return null;
    }
    const length = entry.sortAt - before.sortAt;
    if (length < QUIET_FROM) return null;
    return length < HOUR ? `${toLengthWords(length)} quiet` : toLengthWords(length);
  });
  const isFirstWaiting = () => waitingTail()[0] === props.entry.id;
  const isHurt = () => isHurting(view.state(), props.before?.sortAt ?? props.entry.sortAt);

  return (
    <>
      <Show when={quiet()}>
        <div class="line gap" classList={{ hurt: isHurt() }}>
          <p>{quiet()}</p>
        </div>
      </Show>
      <Show when={day()}>
        <p class="day">{day()}</p>
      </Show>
      <Show when={isFirstWaiting()}>
        <div class="line gap only-here" classList={{ hurt: isHurt() }}>
          <p>
            <Icon name="phone" size={14} />
            From here on, only on this phone
          </p>
        </div>
      </Show>
    </>
  );
}

/** Whose day it is, wherever that is not the reader's own. */
export function toDayWords(day: string, zoneLabel: string | null): string {
  return zoneLabel === null ? day : `${day}, ${zoneLabel}`;
}
