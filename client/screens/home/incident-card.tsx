/** An incident that burns: how bad, how long, how it went so far, and the last thing somebody wrote. */

import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { STATUS_WORDS } from '../../../shared/domain/status.ts';
import type { HomeRow } from '../../../shared/domain/summary.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { toClockOrDay, toElapsed } from '../../../shared/domain/time-words.ts';
import { Avatars } from '../../parts/avatars.tsx';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import { useApp } from '../shell/app-context.ts';
import { StatusMark } from '../shell/status-mark.tsx';
import { countLines } from '../shell/words.ts';
import { Strip } from './strip.tsx';

const SINCE_WORDS = {
  impactStarted: 'since impact started',
  detected: 'since detection',
  declared: 'since declared',
};

export function IncidentCard(props: { row: HomeRow; isFirst: boolean }) {
  const { state, clock } = useApp();
  const summary = () => props.row.summary;
  const waiting = () => state.waitingByIncident?.get(summary().id) ?? 0;
  /** To the minute: seconds belong to the incident's own clock. */
  const elapsed = () =>
    toElapsed(Math.floor((clock.trueNow() - summary().clockStart.at) / MINUTE) * MINUTE).slice(
      0,
      -3,
    );
  const isHurting = () => summary().hurt.some((span) => span.to === null);

  return (
    <A
      class="card"
      classList={{ compact: !props.isFirst, calm: !isHurting() }}
      data-severity={summary().severity ?? 4}
      href={`/i/${summary().id}`}
    >
      <span class="card-rail" />
      <span class="card-top">
        <Show when={summary().severity}>
          {(severity) => <SeverityBadge severity={severity()} small={!props.isFirst} />}
        </Show>
        <span class="card-status">
          <StatusMark status={summary().status} />
          {STATUS_WORDS[summary().status].word}
        </span>
        <span class="grow" />
        <Show
          when={props.isFirst}
          fallback={
            <span class="card-small-clock">
              <small>T+</small>
              {elapsed()}
            </span>
          }
        >
          <Avatars people={summary().people} small />
        </Show>
      </span>
      <span class="card-title" dir="auto">
        {summary().title}
      </span>
      <Show when={props.isFirst}>
        <span class="card-clock">
          <span class="card-elapsed">
            <small>T+</small>
            {elapsed()}
          </span>
          <span class="note">
            {SINCE_WORDS[summary().clockStart.from]}
            <b class="mono">
              {toClockOrDay(summary().clockStart.at, state.viewerZone, clock.now())}
            </b>
          </span>
        </span>
        <Strip summary={summary()} />
        <Show when={summary().last}>
          {(last) => (
            <span class="card-last ellipsis">
              <span class="mono">{toClockOrDay(last().at, state.viewerZone, clock.now())}</span>
              <bdi>{state.isMe(last().person) ? 'You' : last().name}</bdi>:{' '}
              <bdi>{last().headline}</bdi>
            </span>
          )}
        </Show>
      </Show>
      <Show when={waiting() > 0}>
        <span class="card-waiting">{countLines(waiting())} waiting on this phone</span>
      </Show>
    </A>
  );
}
