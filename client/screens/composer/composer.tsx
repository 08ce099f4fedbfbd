/**
 * The next line of the log. Its clock stands in the time column, its kind on the rail; sending changes nothing but
 * where it is. Nothing written here is lost by leaving, reloading or a killed tab.
 */

import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js';
import { toExact, toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { becameLine } from '../../../shared/domain/draft.ts';
import { isHurting, severityAt } from '../../../shared/domain/incident.ts';
import type { Kind } from '../../../shared/domain/kind.ts';
import type { Milestone } from '../../../shared/domain/milestone.ts';
import type { Occurred } from '../../../shared/domain/occurred.ts';
import { SECOND } from '../../../shared/domain/time.ts';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { TimeEditor } from '../shell/lazy-sheets.ts';
import { passFocus } from '../shell/pass-focus.ts';
import { ComposerField } from './composer-field.tsx';
import { createDraftState } from './draft-state.ts';
import { KindKeys } from './kind-keys.tsx';
import { MilestonePicks } from './milestone-picks.tsx';
import { toRulerMarks } from './ruler-marks.ts';
import { TimeButton } from './time-button.tsx';
import { isTooLong, TooLong } from './too-long.tsx';
import { WhichTime } from './which-time.tsx';
import './composer.css';

/** The others see that somebody writes until this long after the last letter. */
const STILL_WRITING = 8 * SECOND;

export function Composer() {
  const { state, actions, clock, toasts } = useApp();
  const screen = useIncident();
  const { view, pending } = screen;
  const draft = createDraftState(actions, screen.id);
  const [isTimeOpen, setIsTimeOpen] = createSignal(false);
  const [wanted, setWanted] = createSignal<Milestone | null>(null);
  const [isSending, setIsSending] = createSignal(false);
  let composer: HTMLElement | undefined;
  let field: HTMLTextAreaElement | undefined;

  const [isBack, setIsBack] = createSignal(false);
  onMount(async () => {
    await draft.open();
    setIsBack(true);
  });
  onCleanup(draft.close);
  createEffect(
    on([draft.restored, view.ids], ([restored]) => {
      const { person } = state.identity;
      if (!restored || restored.text.trim() === '') return;
      if (
        view.findLine(
          (line) => view.place(line.id) === 'server' && becameLine(restored, line, person),
        )
      )
        draft.discard();
    }),
  );

  const occurred = createMemo<Occurred>(
    () => draft.occurred() ?? toFirstTouch(draft.firstTouch() ?? clock.now(), state.viewerZone),
  );
  createEffect(
    on([isTimeOpen, occurred], ([isOpen, time]) => {
      pending.setLandsAt(isOpen ? time.at : null);
    }),
  );
  createEffect(() => {
    const last = draft.lastTouch();
    const isWriting = last !== null && clock.now() - last < STILL_WRITING;
    pending.setWriting(isWriting ? draft.kind() : null);
  });
  /** What is half-written is somebody's line already; another one has to wait for it. */
  createEffect(
    on([isBack, pending.asked], ([isReady, wish]) => {
      if (!isReady || !wish) return;
      pending.ask(null);
      if (draft.text().trim() !== '') {
        toasts.show('Log the line you were writing first, then go to the gap again.');
        return;
      }
      setWanted(wish.milestone);
      draft.setKind(wish.kind);
      if (wish.at !== null) draft.setOccurred(toExact(wish.at, state.viewerZone));
      setIsTimeOpen(true);
      if (wish.kind !== 'milestone') field?.focus();
    }),
  );

  async function log(milestone?: Milestone): Promise<void> {
    if (isSending()) return;
    setIsSending(true); // until the field is empty again: a second tap must not find the same words
    try {
      if (await isOpened()) await send(milestone);
    } finally {
      setIsSending(false);
    }
  }

  /** It may still be opening. Where it cannot be opened the screen says so, and the words stay. */
  function isOpened(): Promise<boolean> {
    return screen.opened.then(
      () => true,
      () => false,
    );
  }

  /** What was typed while it opened belongs to this line too. */
  async function send(milestone?: Milestone): Promise<void> {
    const spent = await draft.toSpend();
    const decision = await screen.run(
      {
        type: 'log',
        kind: draft.kind(),
        text: draft.text(),
        occurred: occurred(),
        clock: draft.clock(),
        ...(milestone && { milestone }),
      },
      { ...spent, text: draft.text(), lastTouch: draft.lastTouch() },
    );
    if (!decision.ok) return;
    setWanted(null);
    draft.clear(milestone ? 'observation' : draft.kind());
    setIsTimeOpen(false);
    const added = decision.changes.find((change) => change.type === 'addEntry');
    if (added) pending.setLanded(added.id);
    passFocus(composer?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]'));
    navigator.vibrate?.(milestone ? [10, 40, 10] : 10);
  }

  /** "Now", before a word is written, stays now. */
  function chooseTime(chosen: Occurred): void {
    const isNow = chosen.basis === 'firstTouch' && draft.text() === '';
    draft.setOccurred(isNow ? null : chosen);
  }

  function closeTime(): void {
    setIsTimeOpen(false);
    passFocus(composer?.querySelector<HTMLElement>('.composer-time'));
  }

  function chooseKind(kind: Kind): void {
    draft.setKind(kind);
    if (kind !== 'milestone') field?.focus();
  }

  return (
    <footer
      ref={(element) => {
        composer = element;
      }}
      class="composer"
      classList={{ hurt: isHurting(view.state(), clock.trueNow()) }}
      data-severity={severityAt(view.state(), clock.trueNow()) ?? undefined}
    >
      <Show when={isTimeOpen()}>
        <TimeEditor
          occurred={occurred()}
          now={clock.now()}
          zone={screen.zone()}
          zoneWord={screen.zoneWord()}
          clockStart={view.state().clockStart?.at ?? null}
          marks={toRulerMarks(view, occurred().at)}
          presetsFrom="now"
          onChange={chooseTime}
          onEscape={closeTime}
        />
      </Show>
      <WhichTime draft={draft} zone={screen.zone()} />
      <form
        class="composer-row"
        onSubmit={(event) => {
          event.preventDefault();
          void log();
        }}
      >
        <TimeButton
          occurred={occurred()}
          now={clock.now()}
          zone={screen.zone()}
          isOpen={isTimeOpen()}
          onToggle={() => setIsTimeOpen(!isTimeOpen())}
        />
        <Switch fallback={<MilestonePicks wanted={wanted()} note={draft.text()} onPick={log} />}>
          <Match when={isTooLong(draft.text())}>
            <TooLong draft={draft} title={view.title()} />
          </Match>
          <Match when={draft.kind() !== 'milestone'}>
            <ComposerField
              draft={draft}
              ref={(element) => {
                field = element;
              }}
              onLog={log}
            />
          </Match>
        </Switch>
      </form>
      <KindKeys kind={draft.kind()} onChoose={chooseKind} />
    </footer>
  );
}
