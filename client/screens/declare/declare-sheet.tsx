/** Declaring: two taps from the home screen. Everything in it has a default, and the keyboard does not open by itself. */

import { useNavigate } from '@solidjs/router';
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { MAX_TITLE_CHARACTERS } from '../../../shared/domain/entry-text.ts';
import { type Occurred, toColumnClock } from '../../../shared/domain/occurred.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import { SEVERITIES, SEVERITY_WORDS, type Severity } from '../../../shared/domain/severity.ts';
import { toAgo, toClock } from '../../../shared/domain/time-words.ts';
import { Choice } from '../../parts/choice.tsx';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { createDraftState } from '../composer/draft-state.ts';
import { useApp } from '../shell/app-context.ts';
import { TimeEditor } from '../time/time-editor.tsx';
import './declare.css';

const SUBJECT = 'declare';

const MY_ROLES = [
  { value: 'incidentCommander', word: 'Incident commander' },
  { value: 'scribe', word: 'Scribe' },
  { value: 'none', word: 'Responder' },
] as const;
type MyRole = (typeof MY_ROLES)[number]['value'];

export function DeclareSheet(props: { onClose: () => void }) {
  const { state, actions, clock } = useApp();
  const navigate = useNavigate();
  const draft = createDraftState(actions, SUBJECT);
  const [severity, setSeverity] = createSignal<Severity>(2);
  const [role, setRole] = createSignal<MyRole>('incidentCommander');
  const [occurred, setOccurred] = createSignal<Occurred | null>(null);
  const [isTimeOpen, setIsTimeOpen] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [isBusy, setIsBusy] = createSignal(false);

  onMount(draft.open);
  onCleanup(draft.close);

  function writeTitle(text: string): void {
    setRefusal(null);
    draft.setText(text, clock.now());
  }

  async function declare(): Promise<void> {
    if (isBusy()) return;
    setIsBusy(true);
    const mine = role();
    const wish = {
      title: draft.text(),
      severity: severity(),
      role: mine === 'none' ? null : mine,
      kind: 'real',
      homeZone: state.viewerZone,
      occurred: occurred() ?? toFirstTouch(clock.now(), state.viewerZone),
    } as const;
    try {
      const outcome = await actions.declare(wish, await draft.toSpend());
      if (outcome.ok) navigate(`/i/${outcome.id}`, { replace: true });
      else setRefusal(toSentence(outcome.refusal));
    } catch {
      setRefusal(
        'A part of the app could not be loaded. What you wrote is kept; reload and declare.',
      );
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <Sheet
      label="Declare incident"
      onClose={props.onClose}
      footer={
        <>
          <button
            type="button"
            class="button big declare-time"
            aria-expanded={isTimeOpen()}
            aria-label={`Declared at ${occurred() ? toClock(occurred()?.at ?? 0, state.viewerZone) : 'now'}. Change`}
            onClick={() => setIsTimeOpen(!isTimeOpen())}
          >
            <span class="mono">
              {toColumnClock(
                occurred() ?? toFirstTouch(clock.now(), state.viewerZone),
                state.viewerZone,
              )}
            </span>
            <small>{toAgo(occurred()?.at ?? clock.now(), clock.now())}</small>
          </button>
          <button type="button" class="button big go" disabled={isBusy()} onClick={declare}>
            Declare {SEVERITY_WORDS[severity()].word}
          </button>
          <p class="note declare-note">Everything can change later.</p>
        </>
      }
    >
      <Show when={isTimeOpen()}>
        <div class="declare-editor">
          <TimeEditor
            occurred={occurred() ?? toFirstTouch(clock.now(), state.viewerZone)}
            now={clock.now()}
            zone={state.viewerZone}
            zoneWord={`in ${state.viewerZone}`}
            clockStart={null}
            marks={[]}
            presetsFrom="now"
            onChange={setOccurred}
          />
        </div>
      </Show>
      <input
        class="field"
        aria-label="Title"
        placeholder="What is wrong? You can say it later"
        autocomplete="off"
        enterkeyhint="go"
        value={draft.text()}
        aria-describedby="declare-refusal"
        aria-invalid={[...draft.text()].length > MAX_TITLE_CHARACTERS}
        onInput={(event) => writeTitle(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing) void declare();
        }}
      />
      <p class="declare-refusal" id="declare-refusal" role="alert">
        {refusal()}
      </p>
      <fieldset class="rubric">
        <legend class="visually-hidden">Severity</legend>
        <For each={SEVERITIES}>
          {(level) => (
            <label>
              <SeverityBadge severity={level} />
              <span class="rubric-words">
                <b>{SEVERITY_WORDS[level].meaning}</b>
                <span class="note">{SEVERITY_WORDS[level].examples}</span>
              </span>
              <input
                type="radio"
                name="severity"
                checked={severity() === level}
                onChange={() => setSeverity(level)}
              />
            </label>
          )}
        </For>
      </fieldset>
      <div class="group">
        <p class="label">I am</p>
        <Choice label="My role" options={MY_ROLES} value={role()} onChoose={setRole} />
      </div>
    </Sheet>
  );
}
