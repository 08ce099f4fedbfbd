/** The incident itself: its title, its link, whose clock its log shows. */

import { A } from '@solidjs/router';
import { createSignal, Show, untrack } from 'solid-js';
import { INCIDENT_KIND_WORDS } from '../../../shared/domain/incident.ts';
import { toOccurredWords } from '../../../shared/domain/occurred.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { useSheets } from '../shell/sheets.ts';
import { ZoneChoice } from '../shell/zone-choice.tsx';
import { useIncident } from './incident-context.ts';
import './incident.css';

export function IncidentSheet(props: { onClose: () => void }) {
  const { state, clock } = useApp();
  const sheets = useSheets();
  const { id, view, zone, zoneWord, opened } = useIncident();
  const [problem, setProblem] = createSignal<string | null>(null);
  /** As it is when the sheet opens: a button that came meanwhile would move Close from under the thumb. */
  const hasUnsent = untrack(
    () => view.waitingCount() > 0 || ['memory', 'phone'].includes(view.restPlace()),
  );
  const number = () => state.homeRows?.find((row) => row.summary.id === id)?.number;

  async function rename(title: string): Promise<void> {
    if (title === view.title()) return;
    const decision = (await opened).run({ type: 'rename', title });
    setProblem(decision.ok ? null : toSentence(decision.refusal));
  }

  return (
    <Sheet label="Incident details" onClose={props.onClose}>
      <div class="group">
        <label class="label" for="incident-title">
          Title
        </label>
        <input
          id="incident-title"
          class="field"
          autocomplete="off"
          dir="auto"
          value={view.title()}
          aria-describedby="incident-title-note"
          onChange={(event) => void rename(event.currentTarget.value)}
        />
        <p class="note" id="incident-title-note" role="status">
          {problem()}
        </p>
      </div>
      <Show when={hasUnsent}>
        <button type="button" class="button" onClick={() => sheets.open('copy')}>
          Keep a copy of what is not sent yet
        </button>
      </Show>
      <dl class="facts">
        <div>
          <dt>Number</dt>
          <dd>{number() == null ? '—' : `INC-${number()}`}</dd>
        </div>
        <div>
          <dt>Kind</dt>
          <dd>{INCIDENT_KIND_WORDS[view.facts().kind]}</dd>
        </div>
        <div>
          <dt>Declared</dt>
          <dd>
            {view.state().declaredAt === null
              ? '—'
              : toOccurredWords(
                  {
                    at: view.state().declaredAt ?? 0,
                    until: null,
                    zone: zone(),
                    precision: 'minute',
                    basis: 'exact',
                  },
                  zone(),
                  clock.now(),
                )}
          </dd>
        </div>
        <div>
          <dt>Lines</dt>
          <dd>{view.ids().length}</dd>
        </div>
      </dl>
      <ZoneChoice note={`Now ${zoneWord()}.`} />
      <div class="group incident-ways">
        <button type="button" class="button" onClick={() => sheets.open('people')}>
          Invite to this log
        </button>
        <A class="button" href={`/i/${id}/postmortem`}>
          Postmortem draft
        </A>
      </div>
    </Sheet>
  );
}
