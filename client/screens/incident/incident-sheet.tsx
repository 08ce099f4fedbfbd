/** The incident itself: its title, its link, whose clock its log shows. */

import { createSignal } from 'solid-js';
import { INCIDENT_KIND_WORDS } from '../../../shared/domain/incident.ts';
import { toOccurredWords } from '../../../shared/domain/occurred.ts';
import type { ShownZone } from '../../../shared/domain/preferences.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import { Choice } from '../../parts/choice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { useIncident } from '../timeline/incident-context.ts';
import './incident.css';

const ZONES: readonly { value: ShownZone; word: string }[] = [
  { value: 'viewer', word: 'My zone' },
  { value: 'utc', word: 'UTC' },
  { value: 'home', word: 'Incident’s zone' },
];

export function IncidentSheet(props: { onClose: () => void }) {
  const { state, actions, clock, toasts } = useApp();
  const { id, view, zone, zoneWord, opened } = useIncident();
  const [problem, setProblem] = createSignal<string | null>(null);
  const number = () => state.homeRows?.find((row) => row.summary.id === id)?.number;

  async function rename(title: string): Promise<void> {
    if (title === view.title()) return;
    const decision = (await opened).run({ type: 'rename', title });
    setProblem(decision.ok ? null : toSentence(decision.refusal));
  }

  async function copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(new URL(`/i/${id}`, location.href).href);
      toasts.show('Link copied');
    } catch {
      setProblem('This browser does not let the app copy. The link is in its address bar.');
    }
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
      <div class="group">
        <p class="label">Times in the log</p>
        <Choice
          label="Times in the log"
          options={ZONES}
          value={state.preferences.zone}
          onChoose={(shown) => actions.setPreferences({ ...state.preferences, zone: shown })}
        />
        <p class="note">Now {zoneWord()}.</p>
      </div>
      <div class="group">
        <button type="button" class="button" onClick={() => void copyLink()}>
          Copy link
        </button>
      </div>
    </Sheet>
  );
}
