/** How bad it is now. A change writes its own line. */

import { For } from 'solid-js';
import { toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { SEVERITIES, SEVERITY_WORDS, type Severity } from '../../../shared/domain/severity.ts';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { useIncident } from '../timeline/incident-context.ts';

export function SeveritySheet(props: { onClose: () => void }) {
  const { state, clock } = useApp();
  const { view, run } = useIncident();

  function choose(severity: Severity): void {
    if (severity !== view.state().severity) {
      const occurred = toFirstTouch(clock.now(), state.viewerZone);
      void run({ type: 'setSeverity', severity, occurred });
    }
    props.onClose();
  }

  return (
    <Sheet label="Severity" onClose={props.onClose}>
      <ul class="kind-list severity-list">
        <For each={SEVERITIES}>
          {(severity) => (
            <li>
              <button
                type="button"
                aria-pressed={view.state().severity === severity}
                onClick={() => choose(severity)}
              >
                <SeverityBadge severity={severity} />
                <span>
                  <b>{SEVERITY_WORDS[severity].meaning}</b>
                  <span class="note"> {SEVERITY_WORDS[severity].examples}</span>
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <p class="note sheet-note">When unsure, take the worse.</p>
    </Sheet>
  );
}
