/** Which incident, how bad, how far, how long. */

import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { SEVERITY_WORDS } from '../../../shared/domain/severity.ts';
import { STATUS_WORDS } from '../../../shared/domain/status.ts';
import { toElapsed } from '../../../shared/domain/time-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { useSheets } from '../shell/sheets.ts';
import { StatusMark } from '../shell/status-mark.tsx';
import { PeopleButton } from './people-button.tsx';

const SINCE_WORDS = {
  impactStarted: 'Time since impact started',
  detected: 'Time since detection',
  declared: 'Time since it was declared',
};

export function Header() {
  const { clock } = useApp();
  const { view } = useIncident();
  const sheets = useSheets();
  const start = () => view.state().clockStart;
  const severityWord = (): string => {
    const { severity } = view.state();
    return severity === null ? 'Set severity' : `${SEVERITY_WORDS[severity].word}. Change severity`;
  };
  /** Stands still once it is resolved. */
  const elapsed = (): string => {
    const from = start()?.at ?? clock.trueNow();
    return toElapsed((view.state().resolvedAt ?? clock.trueNow()) - from);
  };

  return (
    <header class="head">
      <div class="head-top">
        <A class="icon-button head-back" href="/" aria-label="All incidents">
          <Icon name="back" size={24} />
        </A>
        <h1 class="grow">
          <button
            type="button"
            class="head-title ellipsis"
            aria-label={`${view.title()}. Incident details`}
            onClick={() => sheets.open('incident')}
          >
            <bdi>{view.title()}</bdi>
          </button>
        </h1>
        <PeopleButton />
      </div>
      <Show when={start()}>
        {(from) => (
          <div class="head-state">
            <button
              type="button"
              class="head-button"
              onClick={() => sheets.open('severity')}
              aria-label={severityWord()}
            >
              <Show when={view.state().severity} fallback={<span class="chip">Severity</span>}>
                {(severity) => <SeverityBadge severity={severity()} />}
              </Show>
            </button>
            <button
              type="button"
              class="head-button head-status"
              aria-label={`${STATUS_WORDS[view.state().status].word}. Change status`}
              onClick={() => sheets.open('status')}
            >
              <StatusMark status={view.state().status} />
              {STATUS_WORDS[view.state().status].word}
              <Icon name="down" size={16} />
            </button>
            <span
              class="head-clock"
              role="timer"
              aria-label={SINCE_WORDS[from().from]}
              aria-live="off"
            >
              <small>T+</small>
              {elapsed()}
            </span>
          </div>
        )}
      </Show>
    </header>
  );
}
