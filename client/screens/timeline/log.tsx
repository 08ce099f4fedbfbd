/**
 * The lines, of which only those near the screen exist. It opens at the newest line and stays there while the person
 * does; a line that lands above what is being read moves nothing.
 */

import { createEffect, createMemo, createSelector, on, Show, untrack } from 'solid-js';
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid';
import type { EntryId } from '../../../shared/domain/id.ts';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { GHOST } from '../incident/pending-line.ts';
import { useApp } from '../shell/app-context.ts';
import { isFocusLost } from '../shell/pass-focus.ts';
import { useSheets } from '../shell/sheets.ts';
import { createArrivals } from './arrivals.ts';
import { createFollowEnd } from './follow-end.ts';
import { Line } from './line.tsx';
import { createLineFocus, TabStopProvider } from './line-focus.ts';
import { NewsForEars } from './news-for-ears.tsx';
import { NothingYet } from './nothing-yet.tsx';
import { createSteadyRows } from './steady-rows.ts';
import { WritingLine } from './writing-line.tsx';
import './log.css';

export function Log(props: {
  /** A line somebody wants to see. */
  shown?: EntryId | null;
}) {
  const { state } = useApp();
  const { view, pending } = useIncident();
  const sheets = useSheets();
  let scroller: HTMLDivElement | undefined;
  let handle: VirtualizerHandle | undefined;
  let isTouched = false;
  let laidOut: readonly string[] = [];
  let hasStarted = false;

  const end = createFollowEnd({ scroller: () => scroller, isTouched: () => isTouched });
  const { isAtEnd } = end;

  const arrivals = createArrivals({
    ids: view.ids,
    isOpen: () => view.phase() === 'ready',
    isMine: (id) => state.isMe(view.entry(id)?.by ?? ''),
    placeOf: (id) => {
      const entry = view.entry(id);
      return { at: entry?.sortAt ?? 0, isMine: state.isMe(entry?.edits.time?.by ?? '') };
    },
    isAtEnd: () => untrack(isAtEnd),
    isTouched: () => isTouched,
    onScreen: findOnScreen,
  });

  /** The lines on the screen as they were last laid out. */
  function findOnScreen(): readonly EntryId[] {
    if (!handle) return [];
    const first = handle.findItemIndex(handle.scrollOffset);
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    return laidOut.slice(first, last + 1).filter((row) => row !== GHOST);
  }

  const wanted = createMemo<readonly string[]>(() => {
    const landsAt = pending.landsAt();
    const shown = arrivals.shown();
    if (landsAt === null) return shown;
    const place = shown.findLastIndex((id) => (view.entry(id)?.sortAt ?? 0) <= landsAt) + 1;
    return shown.toSpliced(place, 0, GHOST);
  });
  const { rows, isShifted } = createSteadyRows({
    wanted,
    onScreen: () => (untrack(isAtEnd) ? [] : findOnScreen()),
  });

  createEffect(() => {
    laidOut = rows();
  });

  function bringIntoView(row: string): void {
    const index = rows().indexOf(row);
    if (index < 0) return;
    if (index === rows().length - 1) end.go();
    else handle?.scrollToIndex(index, { align: 'center' });
  }

  createEffect(
    on(rows, (next) => {
      if (next.length === 0) return;
      requestAnimationFrame(hasStarted ? end.follow : end.go);
      hasStarted = true;
    }),
  );
  createEffect(
    on(pending.landed, (id) => id && requestAnimationFrame(() => bringIntoView(id)), {
      defer: true,
    }),
  );
  createEffect(
    on(
      () => props.shown,
      (line) => line && requestAnimationFrame(() => bringIntoView(line)),
      { defer: true },
    ),
  );
  createEffect(
    on(
      () => pending.landsAt(),
      (at) => at !== null && requestAnimationFrame(() => bringIntoView(GHOST)),
      { defer: true },
    ),
  );

  /** Told by the list, which then knows what is on the screen; the event itself may come before that. */
  function onScroll(): void {
    end.look();
    arrivals.look();
    lineFocus.look();
  }

  const lineFocus = createLineFocus({
    lines: arrivals.shown,
    lowest: () => (untrack(isAtEnd) ? undefined : findOnScreen().at(-2)),
    scrollTo: (line) => handle?.scrollToIndex(rows().indexOf(line), { align: 'nearest' }),
    findLink: (line) => scroller?.querySelector<HTMLElement>(`[data-line="${line}"] .line-open`),
  });
  const isTabStop = createSelector(lineFocus.stop);
  /** A line whose sheet was opened by a link, or which was made anew meanwhile, has the focus after it. */
  createEffect(
    on(sheets.line, (line, before) => {
      if (before && !line && isFocusLost()) lineFocus.focus(before);
    }),
  );

  function onTouch(touched: boolean): void {
    isTouched = touched;
    if (!touched) requestAnimationFrame(arrivals.look);
  }

  /** To the first of them; the ones that wait go in now. */
  function goTo(lines: readonly EntryId[], pill: HTMLElement): void {
    const [first] = lines;
    const hasFocus = document.activeElement === pill;
    arrivals.admit(first);
    if (!first) return;
    // The pill is gone once it was followed, so its focus goes to where it leads.
    if (hasFocus) lineFocus.focus(first);
    requestAnimationFrame(() => bringIntoView(first));
  }

  function goToEnd(pill: HTMLElement): void {
    const last = arrivals.shown().at(-1);
    if (last && document.activeElement === pill) lineFocus.focus(last);
    end.go();
  }

  return (
    <div class="log-frame">
      <div
        class="scroll log"
        role="log"
        aria-label="Timeline"
        // Rows come and go while scrolling; what is news is said by the pills and the line below.
        aria-live="off"
        onFocusIn={lineFocus.onFocusIn}
        onFocusOut={lineFocus.onFocusOut}
        onKeyDown={lineFocus.onKeyDown}
        // Not pointer events: those end when the browser takes the thumb's way for scrolling.
        on:touchstart={{ passive: true, handleEvent: (event) => onTouch(event.touches.length > 0) }}
        on:touchend={{ passive: true, handleEvent: (event) => onTouch(event.touches.length > 0) }}
        on:touchcancel={{ passive: true, handleEvent: () => onTouch(false) }}
        on:mousedown={() => onTouch(true)}
        on:mouseup={() => onTouch(false)}
        on:mouseleave={() => onTouch(false)}
        tabindex="-1"
        ref={(element) => {
          scroller = element;
          // The keyboard opens, the composer grows: whoever was at the end stays there.
          new ResizeObserver(end.follow).observe(element);
        }}
      >
        <Show
          when={rows().length > 0}
          fallback={
            <Show when={view.phase() === 'empty'}>
              <NothingYet />
            </Show>
          }
        >
          <div class="log-space" />
          <TabStopProvider value={isTabStop}>
            <Virtualizer
              ref={(made) => {
                handle = made;
              }}
              data={rows()}
              as="ol"
              item="li"
              itemSize={80}
              shift={isShifted()}
              onScroll={onScroll}
              onResize={end.settle}
              keepMounted={lineFocus.kept().map((line) => rows().indexOf(line))}
            >
              {(row, index) => (
                <Line
                  id={row}
                  before={findBefore(rows(), index())}
                  isAfterGhost={rows()[index() - 1] === GHOST}
                  isLast={index() === rows().length - 1}
                  isShown={props.shown === row}
                />
              )}
            </Virtualizer>
          </TabStopProvider>
          <WritingLine />
        </Show>
      </div>
      <div class="pills">
        <Show when={arrivals.slotted().length > 0}>
          <button
            type="button"
            class="pill"
            onClick={(event) => goTo(arrivals.slotted(), event.currentTarget)}
          >
            {arrivals.slotted().length} slotted in above
          </button>
        </Show>
        <Show when={!isAtEnd() && arrivals.below().length === 0}>
          <button
            type="button"
            class="pill round"
            aria-label="To the newest line"
            onClick={(event) => goToEnd(event.currentTarget)}
          >
            <Icon name="down" size={20} />
          </button>
        </Show>
        <Show when={arrivals.below().length > 0}>
          <button
            type="button"
            class="pill"
            onClick={(event) => goTo(arrivals.below(), event.currentTarget)}
          >
            {arrivals.below().length === 1 ? '1 new line' : `${arrivals.below().length} new lines`}
          </button>
        </Show>
      </div>
      <NewsForEars lines={arrivals.latest()} />
    </div>
  );
}

function findBefore(rows: readonly string[], index: number): EntryId | undefined {
  const before = rows[index - 1];
  return before === GHOST ? rows[index - 2] : before;
}
