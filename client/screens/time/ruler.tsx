/** Minutes on a ruler that moves under a fixed needle. The neighbouring lines are on it, so a time is set by eye. */

import { createMemo, For, Show } from 'solid-js';
import type { AnyKind } from '../../../shared/domain/kind.ts';
import { type Instant, MINUTE } from '../../../shared/domain/time.ts';
import { toAgo, toClock } from '../../../shared/domain/time-words.ts';

export type RulerMark = {
  readonly at: Instant;
  readonly kind: AnyKind;
  readonly shape: 'round' | 'diamond';
};

const PIXELS_PER_MINUTE = 20;
const SHOWN_MINUTES = 12;
/** No clock is written this close to the word "now". */
const NOW_WORD = 1.5 * MINUTE;

export function Ruler(props: {
  at: Instant;
  now: Instant;
  zone: string;
  marks: readonly RulerMark[];
  onMove: (minutes: number) => void;
}) {
  let dragged: { x: number; moved: number } | null = null;
  const minute = () => Math.floor(props.at / MINUTE);
  const ticks = createMemo(() => {
    const first = minute() - SHOWN_MINUTES;
    return Array.from({ length: 2 * SHOWN_MINUTES + 1 }, (_, i) => first + i);
  });
  const toX = (instant: Instant) => ((instant - minute() * MINUTE) / MINUTE) * PIXELS_PER_MINUTE;
  const near = createMemo(() =>
    props.marks.filter((mark) => Math.abs(mark.at - props.at) < SHOWN_MINUTES * MINUTE),
  );

  function onPointerMove(event: PointerEvent): void {
    if (!dragged) return;
    const minutes = Math.round((dragged.x - event.clientX) / PIXELS_PER_MINUTE);
    if (minutes !== dragged.moved) props.onMove(minutes - dragged.moved);
    dragged.moved = minutes;
  }

  const KEYS: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
  };

  return (
    <div
      class="ruler"
      role="slider"
      tabIndex={0}
      aria-label="When it happened"
      aria-valuemin={-7 * 24 * 60}
      aria-valuemax={24 * 60}
      aria-valuenow={Math.round((props.at - props.now) / MINUTE)}
      aria-valuetext={`${toClock(props.at, props.zone)}, ${toAgo(props.at, props.now)}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged = { x: event.clientX, moved: 0 };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        dragged = null;
      }}
      onPointerCancel={() => {
        dragged = null;
      }}
      onKeyDown={(event) => {
        const minutes = KEYS[event.key];
        if (minutes === undefined) return;
        event.preventDefault();
        props.onMove(minutes);
      }}
    >
      <svg viewBox="-117 0 234 56" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
        <For each={ticks()}>
          {(tick) => (
            <g transform={`translate(${(tick - minute()) * PIXELS_PER_MINUTE} 0)`}>
              <line class="ruler-tick" classList={{ five: tick % 5 === 0 }} y1="32" y2="38" />
              <Show when={tick % 5 === 0 && Math.abs(tick * MINUTE - props.now) > NOW_WORD}>
                <text y="52">{`:${toClock(tick * MINUTE, props.zone).slice(3)}`}</text>
              </Show>
            </g>
          )}
        </For>
        <For each={near()}>
          {(mark) => (
            <g transform={`translate(${toX(mark.at)} 17)`} data-kind={mark.kind}>
              <Show
                when={mark.shape === 'diamond'}
                fallback={<circle class="ruler-mark" r="4.5" />}
              >
                <rect
                  class="ruler-mark"
                  x="-4"
                  y="-4"
                  width="8"
                  height="8"
                  rx="1"
                  transform="rotate(45)"
                />
              </Show>
            </g>
          )}
        </For>
        <g transform={`translate(${toX(props.now)} 0)`}>
          <line class="ruler-now" y1="26" y2="38" />
          <text class="ruler-now-word" y="52">
            now
          </text>
        </g>
        <line class="ruler-needle" y1="4" y2="40" />
        <path class="ruler-needle-head" d="M-6 0h12l-6 8z" />
      </svg>
    </div>
  );
}
