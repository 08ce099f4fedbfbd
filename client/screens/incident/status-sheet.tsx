/** How far the response is. Choosing a status logs its milestone. */

import { toFirstTouch } from '../../../shared/domain/adjust-time.ts';
import { STATUS_WORDS, STATUSES, type Status } from '../../../shared/domain/status.ts';
import { ChoiceList } from '../../parts/choice-list.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { StatusMark } from '../shell/status-mark.tsx';
import { useIncident } from './incident-context.ts';

export function StatusSheet(props: { onClose: () => void }) {
  const { state, clock } = useApp();
  const { view, run } = useIncident();

  function choose(status: Status): void {
    const occurred = toFirstTouch(clock.now(), state.viewerZone);
    void run({ type: 'setStatus', status, occurred });
    props.onClose();
  }

  return (
    <Sheet label="Status" onClose={props.onClose}>
      <ChoiceList
        options={STATUSES}
        chosen={view.state().status}
        mark={(status) => <StatusMark status={status} />}
        word={(status) => STATUS_WORDS[status].word}
        meaning={(status) => STATUS_WORDS[status].meaning}
        note="This writes a line with the time now. Tap that line to correct its time."
        onChoose={choose}
      />
    </Sheet>
  );
}
