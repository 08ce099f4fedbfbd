/**
 * The postmortem, half written when the incident ends: computed from the timeline, edited by several. On a phone it is
 * one page; on a wide screen the log stands to its left and what is still missing to its right.
 */

import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, For, Show } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import type { EntryId } from '../../../shared/domain/id.ts';
import { toOccurredWords, toShownZone } from '../../../shared/domain/occurred.ts';
import {
  PROSE_SECTIONS,
  type ProseSection,
  type SectionId,
} from '../../../shared/domain/section.ts';
import { toDayName } from '../../../shared/domain/time-words.ts';
import { toClockWords } from '../../../shared/export/words.ts';
import type { Gap } from '../../../shared/postmortem/gaps.ts';
import { createMediaQuery } from '../../state/media-query.ts';
import { createOpenDraft } from '../../state/open-draft.ts';
import { Composer } from '../composer/composer.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { ProseVersionsSheet } from '../shell/lazy-sheets.ts';
import { useSheets } from '../shell/sheets.ts';
import { ToastStrip } from '../shell/toast-strip.tsx';
import { Log } from '../timeline/log.tsx';
import { NothingYet } from '../timeline/nothing-yet.tsx';
import { Notices } from '../timeline/notices.tsx';
import { Checklist } from './checklist.tsx';
import { DraftProvider, type DraftScreen } from './draft-context.ts';
import { ExportSheet } from './export-sheet.tsx';
import { Head, Which } from './head.tsx';
import { LaneTabs } from './lane-tabs.tsx';
import { LANES } from './lanes.ts';
import { Meter } from './meter.tsx';
import { NextGap } from './next-gap.tsx';
import { OwnerSheet } from './owner-sheet.tsx';
import { Section } from './section.tsx';
import { StatementSheet } from './statement-sheet.tsx';
import './postmortem.css';

/** @returns false for what no section is called, as in a broken link */
function toProseSection(name: string | undefined): ProseSection | false {
  return PROSE_SECTIONS.find((section) => section === name) ?? false;
}

export function PostmortemScreen() {
  const { state, clock } = useApp();
  const { id, view, zone, pending } = useIncident();
  const sheets = useSheets();
  const navigate = useNavigate();
  const isWide = createMediaQuery('(min-width: 1000px)');
  const [shownLine, setShownLine] = createSignal<EntryId | null>(null, { equals: false });
  let page: HTMLElement | undefined;
  const number = () => state.homeRows?.find((row) => row.summary.id === id)?.number ?? null;
  const open = createOpenDraft(view, { id, number });
  const dayOf = ({ occurred }: Entry): string =>
    toDayName(occurred.at, toShownZone(occurred, zone()), clock.now());
  const isOneDay = createMemo(() => {
    const { timeline } = open.draft();
    const [first, last] = [timeline[0], timeline.at(-1)];
    if (!first || !last) return true;
    return dayOf(first) === dayOf(last);
  });

  /** The rows kept for the first paint are the end of the log; a draft of them alone would be wrong. */
  const isRead = () => view.phase() === 'ready';

  function reveal(element: HTMLElement | null | undefined): void {
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  }

  function goToGap(gap: Gap): void {
    const found = page?.querySelector<HTMLElement>(`[data-gap="${CSS.escape(gap.id)}"]`);
    // One of very many stands on a part of the page that is not shown yet; its line can be opened all the same.
    if (found) reveal(found);
    else mend(gap);
  }

  /** To where something can be written, else to its heading. */
  function goToSection(section: SectionId): void {
    const found = page?.querySelector<HTMLElement>(`[data-section="${section}"]`);
    reveal(
      found?.querySelector<HTMLElement>('.gap-line') ??
        found?.querySelector<HTMLElement>('.prose') ??
        found?.querySelector<HTMLElement>('h3'),
    );
  }

  function mend({ mend: way }: Gap): void {
    if (way.type === 'editLine') sheets.openLine(way.entry);
    else if (way.type === 'nameOwner') sheets.open('owner');
    else {
      const kind = way.milestone === null ? 'observation' : 'milestone';
      pending.ask({ kind, milestone: way.milestone, at: way.at });
      if (!isWide()) navigate(`/i/${id}`);
    }
  }

  const screen: DraftScreen = {
    open,
    showLine: (line) => (isWide() ? setShownLine(line) : sheets.openLine(line)),
    openStatement: (statement) => sheets.open('statement', statement),
    mend,
    goToSection,
    timeWords: (occurred) =>
      isOneDay() && occurred.precision !== 'day'
        ? toClockWords(occurred, zone())
        : toOccurredWords(occurred, zone(), clock.now()),
  };

  return (
    <DraftProvider value={screen}>
      <div class="screen postmortem" classList={{ wide: isWide() }}>
        <Head isWide={isWide()} isRead={isRead()} />
        <Notices />
        <div class="pm-columns">
          <Show when={isWide()}>
            <div class="pm-log">
              <Log shown={shownLine()} />
              <Composer />
            </div>
          </Show>
          <div
            class="scroll pm-page"
            ref={(element) => {
              page = element;
            }}
          >
            <Show when={!isWide()}>
              <div class="pm-title">
                <Which />
                <h1>
                  <bdi>{view.title()}</bdi>
                </h1>
              </div>
              <div class="pm-bar">
                <Show when={isRead()}>
                  <Meter />
                </Show>
                <LaneTabs page={() => page} />
              </div>
            </Show>
            <Show
              when={isRead()}
              fallback={
                <Show
                  when={view.phase() === 'empty'}
                  fallback={
                    <p class="pm-wait note" role="status">
                      Reading the log
                    </p>
                  }
                >
                  <NothingYet />
                </Show>
              }
            >
              <div class="pm-lanes">
                <For each={LANES}>
                  {(lane) => (
                    <section class="lane" data-lane={lane.id} aria-label={lane.word}>
                      <div class="lane-head">
                        <h2 tabindex="-1">{lane.word}</h2>
                        <span>{lane.meaning}</span>
                      </div>
                      <For each={lane.sections}>
                        {(section) => <Section section={section} lane={lane.word} />}
                      </For>
                    </section>
                  )}
                </For>
              </div>
            </Show>
          </div>
          <Show when={isWide() && isRead()}>
            <div class="pm-side">
              <Checklist />
              <NextGap onGap={goToGap} />
            </div>
          </Show>
        </div>
        <ToastStrip />
        <Show when={!isWide() && isRead()}>
          <NextGap class="pm-dock" onGap={goToGap} />
        </Show>
      </div>
      <Show when={sheets.sheet() === 'statement' && sheets.about()} keyed>
        {(about) => <StatementSheet id={about} onClose={sheets.close} />}
      </Show>
      <Show when={sheets.sheet() === 'versions' && toProseSection(sheets.about())}>
        {(section) => <ProseVersionsSheet section={section()} onClose={sheets.close} />}
      </Show>
      <Show when={sheets.sheet() === 'owner'}>
        <OwnerSheet onClose={sheets.close} />
      </Show>
      <Show when={sheets.sheet() === 'export' && isRead()}>
        <ExportSheet onClose={sheets.close} />
      </Show>
    </DraftProvider>
  );
}
