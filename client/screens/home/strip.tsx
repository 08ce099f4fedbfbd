/** An incident's fingerprint: when customers hurt, when things were written, which milestones were reached. */

import { For, Show } from 'solid-js';
import type { IncidentSummary } from '../../../shared/domain/summary.ts';
import { type Instant, MINUTE } from '../../../shared/domain/time.ts';
import { useApp } from '../shell/app-context.ts';
import { countLines } from '../shell/words.ts';

export function Strip(props: { summary: IncidentSummary }) {
  const { clock } = useApp();
  const from = () =>
    Math.min(
      props.summary.clockStart.at,
      ...props.summary.milestones,
      ...props.summary.ticks.slice(0, 1),
    );
  const to = () => Math.max(props.summary.resolvedAt ?? clock.trueNow(), from() + MINUTE);
  const toX = (instant: Instant): string => {
    const share = (instant - from()) / (to() - from());
    return `${Math.round(Math.min(Math.max(share, 0), 1) * 10_000) / 100}%`;
  };

  return (
    <svg class="strip" role="img" aria-label={`${countLines(props.summary.entryCount)} so far`}>
      <line class="strip-base" x1="0" x2="100%" y1="15" y2="15" />
      <For each={props.summary.hurt}>
        {(span) => (
          <line class="strip-hurt" x1={toX(span.from)} x2={toX(span.to ?? to())} y1="15" y2="15" />
        )}
      </For>
      <For each={props.summary.ticks}>
        {(tick) => <line class="strip-tick" x1={toX(tick)} x2={toX(tick)} y1="9" y2="2" />}
      </For>
      <For each={props.summary.milestones}>
        {(milestone) => (
          <svg x={toX(milestone)} y="15" class="strip-milestone" aria-hidden="true">
            <rect x="-5" y="-5" width="10" height="10" rx="1.5" transform="rotate(45)" />
          </svg>
        )}
      </For>
      <Show when={props.summary.status !== 'resolved'}>
        <svg x="100%" y="15" class="strip-now" aria-hidden="true">
          <circle r="4.5" />
        </svg>
      </Show>
    </svg>
  );
}
