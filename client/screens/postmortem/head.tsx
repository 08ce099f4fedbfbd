/** Which postmortem, where it is kept, who is here, and the way out of the app. */

import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import type { LinePlace } from '../../state/incident-view.ts';
import { useIncident } from '../incident/incident-context.ts';
import { useSheets } from '../shell/sheets.ts';
import { PeopleButton } from '../timeline/people-button.tsx';
import { useDraft } from './draft-context.ts';

const PLACES: Readonly<Record<LinePlace, { readonly word: string; readonly icon: IconName }>> = {
  unknown: { word: '', icon: 'saved' },
  memory: { word: 'Saving', icon: 'saved' },
  phone: { word: 'On this phone', icon: 'saved' },
  server: { word: 'Saved', icon: 'stored' },
};

export function Head(props: { isWide: boolean; isRead: boolean }) {
  const { id, view } = useIncident();
  const sheets = useSheets();
  const place = () => view.restPlace();
  return (
    <header class="head pm-head">
      <div class="head-top">
        <A class="icon-button head-back" href={`/i/${id}`} aria-label="Back to the log">
          <Icon name="back" size={24} />
        </A>
        <Show when={props.isWide} fallback={<b class="grow ellipsis pm-name">Postmortem</b>}>
          <Which />
          <h1 class="grow ellipsis pm-name">
            <bdi>{view.title()}</bdi>
          </h1>
        </Show>
        <span class="pm-place note" data-place={place()} role="status">
          <Show when={place() !== 'unknown'}>
            <Icon name={PLACES[place()].icon} size={14} />
            {PLACES[place()].word}
          </Show>
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label="Export"
          disabled={!props.isRead}
          onClick={() => sheets.open('export')}
        >
          <Icon name="share" size={24} />
        </button>
        <PeopleButton />
      </div>
    </header>
  );
}

/** How bad, its number, and that it is a draft. */
export function Which() {
  const { view } = useIncident();
  const { open } = useDraft();
  const number = () => open.draft().number;
  return (
    <p class="pm-which">
      <Show when={view.state().severity}>
        {(severity) => <SeverityBadge severity={severity()} small />}
      </Show>
      <Show when={number() !== null}>
        <span class="mono">INC-{number()}</span>
      </Show>
      <span class="note">Draft</span>
    </p>
  );
}
