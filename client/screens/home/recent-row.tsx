/** An incident that is over: what it was, when, and how long it took. */

import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { HomeRow } from '../../../shared/domain/summary.ts';
import { toDayName, toLengthWords } from '../../../shared/domain/time-words.ts';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import { useApp } from '../shell/app-context.ts';

export function RecentRow(props: { row: HomeRow }) {
  const { state, clock } = useApp();
  const words = (): string => {
    const { clockStart, resolvedAt } = props.row.summary;
    const day = toDayName(clockStart.at, state.viewerZone, clock.now());
    const number = props.row.number === null ? '' : `, INC-${props.row.number}`;
    const lasted =
      resolvedAt === null ? '' : `, lasted ${toLengthWords(resolvedAt - clockStart.at)}`;
    return `${day}${lasted}${number}`;
  };
  return (
    <A class="recent-row" href={`/i/${props.row.summary.id}`}>
      <Show when={props.row.summary.severity}>
        {(severity) => <SeverityBadge severity={severity()} small />}
      </Show>
      <span class="grow">
        <span class="recent-title ellipsis" dir="auto">
          {props.row.summary.title}
        </span>
        <span class="note">{words()}</span>
      </span>
    </A>
  );
}
