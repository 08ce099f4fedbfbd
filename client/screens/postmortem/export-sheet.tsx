/** The draft as Markdown, out of the app: seen first, then saved, shared or copied. All of it happens on this phone. */

import { createMemo, createSignal, Show } from 'solid-js';
import { type ShownZone, toZone } from '../../../shared/domain/preferences.ts';
import { SOMEBODY } from '../../../shared/domain/summary.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { toMarkdown } from '../../../shared/export/markdown.ts';
import { Choice } from '../../parts/choice.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { saveAsFile } from '../shell/save-as-file.ts';
import { canShare, copyText, shareOut, toShareData } from '../shell/send-out.ts';
import { ZONES } from '../shell/zone-choice.tsx';
import { useDraft } from './draft-context.ts';
import './wording.css';

const PREVIEW_CHARACTERS = 6_000;

export function ExportSheet(props: { onClose: () => void }) {
  const { state } = useApp();
  const { view } = useIncident();
  const { open } = useDraft();
  const [shownZone, setShownZone] = createSignal<ShownZone>(state.preferences.zone);
  const [said, setSaid] = createSignal('');
  const zone = (): Zone =>
    toZone(shownZone(), { viewer: state.viewerZone, home: view.facts().homeZone });
  const markdown = createMemo(() =>
    toMarkdown({
      draft: open.draft(),
      prose: open.prose(),
      zone: zone(),
      personName: (person) => view.personName(person) ?? SOMEBODY,
    }),
  );
  const name = (): string => {
    const { number, title } = open.draft();
    return `${number === null ? '' : `INC-${number} `}Postmortem ${title}`.slice(0, 100).trim();
  };

  function download(): void {
    saveAsFile(`${name()}.md`, 'text/markdown', markdown());
    setSaid('Handed to this browser’s downloads.');
  }

  async function copy(): Promise<void> {
    const how = await copyText(markdown());
    setSaid(
      how === 'done' ? 'Copied.' : 'This browser does not let the app copy. Download it instead.',
    );
  }

  async function share(): Promise<void> {
    const how = await shareOut(toShareData(name(), markdown()));
    if (how === 'failed') setSaid('Sharing did not work. Download it instead.');
    if (how === 'done') setSaid('Shared.');
  }

  return (
    <Sheet
      label="Export as Markdown"
      onClose={props.onClose}
      footer={
        <>
          <button type="button" class="button" onClick={() => void copy()}>
            <Icon name="copy" />
            Copy
          </button>
          <Show when={canShare}>
            <button type="button" class="button" onClick={() => void share()}>
              <Icon name="share" />
              Share
            </button>
          </Show>
          <button type="button" class="button go" onClick={download}>
            <Icon name="download" />
            Download
          </button>
        </>
      }
    >
      <p class="label">Times beside UTC</p>
      <Choice
        label="Times beside UTC"
        options={ZONES}
        value={shownZone()}
        onChoose={setShownZone}
      />
      <p class="note export-zone">{zone() === 'UTC' ? 'UTC alone.' : `${zone()} and UTC.`}</p>
      <pre class="export-preview" tabindex="0" role="region" aria-label="Preview">
        {markdown().slice(0, PREVIEW_CHARACTERS)}
        <Show when={markdown().length > PREVIEW_CHARACTERS}>…</Show>
      </pre>
      <p class="note" role="status">
        {said()}
      </p>
    </Sheet>
  );
}
