/**
 * The next line of the log. Its clock stands in the time column, its kind on the rail; sending changes nothing but
 * where it is. Nothing written here is lost by leaving, reloading or a killed tab.
 */

import { createEffect, createMemo, createSignal, on, onMount, Show } from 'solid-js';
import { toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { isHurting, severityAt } from '../../../shared/domain/incident.ts';
import { KIND_WORDS, type Kind } from '../../../shared/domain/kind.ts';
import type { Milestone } from '../../../shared/domain/milestone.ts';
import type { Occurred } from '../../../shared/domain/occurred.ts';
import { Icon } from '../../parts/icon.tsx';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { TimeEditor } from '../shell/lazy-sheets.ts';
import { useIncident } from '../timeline/incident-context.ts';
import { createDraftState } from './draft-state.ts';
import { KindKeys } from './kind-keys.tsx';
import { MilestonePicks } from './milestone-picks.tsx';
import { toRulerMarks } from './ruler-marks.ts';
import { TimeButton } from './time-button.tsx';
import { TooLongNote } from './too-long-note.tsx';
import { WhichTime } from './which-time.tsx';
import './composer.css';

export function Composer() {
  const { state, actions, clock } = useApp();
  const screen = useIncident();
  const { view, pending } = screen;
  const draft = createDraftState(actions, screen.id);
  const [isTimeOpen, setIsTimeOpen] = createSignal(false);
  const [isSending, setIsSending] = createSignal(false);
  let field: HTMLTextAreaElement | undefined;

  onMount(draft.restore);

  const occurred = createMemo<Occurred>(
    () => draft.occurred() ?? toFirstTouch(draft.firstTouch() ?? clock.now(), state.viewerZone),
  );
  createEffect(
    on([isTimeOpen, occurred], ([isOpen, time]) => {
      pending.setLandsAt(isOpen ? time.at : null);
    }),
  );
  /** As tall as the text, up to five rows; `field-sizing` alone is too new for some phones. */
  createEffect(
    on(draft.text, () => {
      if (!field) return;
      field.style.blockSize = 'auto';
      field.style.blockSize = `${Math.min(field.scrollHeight, 136)}px`;
    }),
  );

  async function log(milestone?: Milestone): Promise<void> {
    if (isSending()) return;
    setIsSending(true);
    const decision = await screen.run({
      type: 'log',
      kind: draft.kind(),
      text: draft.text(),
      occurred: occurred(),
      ...(milestone && { milestone }),
    });
    setIsSending(false);
    if (!decision.ok) return;
    draft.clear();
    setIsTimeOpen(false);
    const added = decision.changes.find((change) => change.type === 'addEntry');
    if (added) pending.setLanded(added.id);
    if (milestone) draft.setKind('observation');
    navigator.vibrate?.(milestone ? [10, 40, 10] : 10);
  }

  function chooseKind(kind: Kind): void {
    draft.setKind(kind);
    if (kind !== 'milestone') field?.focus();
  }

  return (
    <footer
      class="composer"
      classList={{ hurt: isHurting(view.state(), clock.now()) }}
      data-severity={severityAt(view.state(), clock.now()) ?? undefined}
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
          onChange={draft.setOccurred}
        />
      </Show>
      <WhichTime draft={draft} zone={screen.zone()} />
      <TooLongNote draft={draft} title={view.title()} />
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
        <Show
          when={draft.kind() !== 'milestone'}
          fallback={<MilestonePicks note={draft.text()} onPick={log} />}
        >
          <label class="composer-field" data-kind={draft.kind()}>
            <KindIcon kind={draft.kind()} size={20} />
            <textarea
              ref={(element) => {
                field = element;
              }}
              rows="1"
              aria-label={KIND_WORDS[draft.kind()].prompt}
              placeholder={KIND_WORDS[draft.kind()].prompt}
              autocapitalize="sentences"
              dir="auto"
              value={draft.text()}
              onInput={(event) => draft.setText(event.currentTarget.value, clock.now())}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
                  event.preventDefault();
                  void log();
                }
              }}
            />
          </label>
          <button
            type="submit"
            class="icon-button composer-send"
            classList={{ go: draft.text().trim() !== '' }}
            aria-label="Log it"
            // Keeps the keyboard open: the field must not lose the focus to this button.
            onPointerDown={(event) => event.preventDefault()}
          >
            <Icon name="send" size={24} />
          </button>
        </Show>
      </form>
      <KindKeys kind={draft.kind()} onChoose={chooseKind} />
    </footer>
  );
}
