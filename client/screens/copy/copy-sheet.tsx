/** A copy of what is nowhere but on this phone: to read, to save, to share, to paste. It needs no storage and no network. */

import { createMemo, createSignal, Show } from 'solid-js';
import { toCopyFile, toCopyText, type UnsentCopy } from '../../../shared/export/unsent-copy.ts';
import { Sheet } from '../../parts/sheet.tsx';
import type { LinePlace } from '../../state/incident-view.ts';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { saveAsFile } from '../shell/save-as-file.ts';
import { canShare, copyText, type SentOut, shareOut, toShareData } from '../shell/send-out.ts';
import { countLines } from '../shell/words.ts';
import './copy.css';

const WORDS: Readonly<Record<SentOut, string>> = {
  done: 'Done.',
  cancelled: '',
  failed: 'That did not work. Select the text above and copy it by hand.',
};

/** Also what nobody knows of: the phone may not have been able to read what waits. */
const isWaiting = (place: LinePlace): boolean => place !== 'server';

export function CopySheet(props: { onClose: () => void }) {
  const { state, clock } = useApp();
  const { id, view, incident } = useIncident();
  const [said, setSaid] = createSignal('');
  const copy = createMemo<UnsentCopy>(() => ({
    incident: id,
    title: view.title(),
    lines: view.timeline().filter((entry) => isWaiting(view.place(entry.id))),
    prose: isWaiting(view.restPlace()) ? view.prose() : null,
    personName: (person) => (state.isMe(person) ? state.identity.name : view.personName(person)),
    zone: state.viewerZone,
    now: clock.now(),
  }));
  const text = createMemo(() => toCopyText(copy()));
  /** Null: nothing. */
  const waits = (): string | null => {
    const { length } = copy().lines;
    const rest = 'The title, or what was written into the draft,';
    const lines = `${countLines(length)} of this incident ${length === 1 ? 'is' : 'are'} not on the server yet.`;
    if (copy().prose === null) return length === 0 ? null : lines;
    return length === 0 ? `${rest} is not on the server yet.` : `${lines} ${rest} is not either.`;
  };

  function save(): void {
    const open = incident();
    if (!open) return;
    saveAsFile(
      `${view.title()}, unsent lines.json`,
      'application/json',
      toCopyFile(copy(), open.doc.encode()),
    );
    setSaid('Saved where this phone keeps downloads.');
  }

  return (
    <Sheet label="Keep a copy" onClose={props.onClose}>
      <Show
        when={waits() !== null}
        fallback={<p class="note">Everything of this incident is on the server.</p>}
      >
        <p class="note">{waits()}</p>
        <textarea class="field copy-text" readonly rows={8} aria-label="The lines as text">
          {text()}
        </textarea>
        <div class="copy-ways">
          <button type="button" class="button go" onClick={save}>
            Save as a file
          </button>
          <button
            type="button"
            class="button"
            onClick={async () => setSaid(WORDS[await copyText(text())])}
          >
            Copy the text
          </button>
          <Show when={canShare}>
            <button
              type="button"
              class="button"
              onClick={async () =>
                setSaid(WORDS[await shareOut(toShareData(`${view.title()}, unsent lines`, text()))])
              }
            >
              Share
            </button>
          </Show>
        </div>
        <p class="note" role="status">
          {said()}
        </p>
      </Show>
    </Sheet>
  );
}
