/** How bad it is now. A change writes its own line. */

import { toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { SEVERITIES, SEVERITY_WORDS, type Severity } from '../../../shared/domain/severity.ts';
import { ChoiceList } from '../../parts/choice-list.tsx';
import { SeverityBadge } from '../../parts/severity-badge.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { useIncident } from './incident-context.ts';

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
      <ChoiceList
        options={SEVERITIES}
        chosen={view.state().severity}
        mark={(severity) => <SeverityBadge severity={severity} />}
        word={(severity) => SEVERITY_WORDS[severity].meaning}
        meaning={(severity) => SEVERITY_WORDS[severity].examples}
        note="When unsure, take the worse."
        onChoose={choose}
      />
    </Sheet>
  );
}
