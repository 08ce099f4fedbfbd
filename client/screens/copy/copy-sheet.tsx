/** A copy of what is nowhere but on this phone: to read, to save, to share, to paste. It needs no storage and no network. */

import { createMemo, createSignal, Show } from 'solid-js';
import { toCopyFile, toCopyText, type UnsentCopy } from '../../../shared/export/unsent-copy.ts';
import { Sheet } from '../../parts/sheet.tsx';
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

export function CopySheet(props: { onClose: () => void }) {
  const { state, clock } = useApp();
  const { id, view, incident } = useIncident();
  const [said, setSaid] = createSignal('');
  const copy = createMemo<UnsentCopy>(() => ({
    incident: id,
    title: view.title(),
    lines: view.timeline().filter((entry) => view.place(entry.id) !== 'server'),
    personName: (person) => (state.isMe(person) ? state.identity.name : view.personName(person)),
    zone: state.viewerZone,
    now: clock.now(),
  }));
  const text = createMemo(() => toCopyText(copy()));

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
        when={copy().lines.length > 0}
        fallback={<p class="note">Every line of this incident is on the server.</p>}
      >
        <p class="note">
          {countLines(copy().lines.length)} of this incident{' '}
          {copy().lines.length === 1 ? 'is' : 'are'} not on the server yet.
        </p>
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
