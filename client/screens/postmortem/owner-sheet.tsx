/** Who led: one of those who took part. */

import { toExact } from '../../../shared/domain/adjust-time.ts';
import type { PersonId } from '../../../shared/domain/id.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { ChoiceList } from '../../parts/choice-list.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { countLines } from '../shell/words.ts';
import { useDraft } from './draft-context.ts';

export function OwnerSheet(props: { onClose: () => void }) {
  const { state, clock } = useApp();
  const { view, run } = useIncident();
  const { open } = useDraft();
  const people = () => open.draft().participants;

  function choose(person: PersonId): void {
    const occurred = toExact(view.state().declaredAt ?? clock.now(), state.viewerZone);
    void run({ type: 'assignRole', role: 'incidentCommander', person, occurred });
    props.onClose();
  }

  return (
    <Sheet label="Who was incident commander?" onClose={props.onClose}>
      <ChoiceList
        options={people()}
        chosen={null}
        mark={({ name }) => <Avatar name={name} />}
        word={({ name }) => name}
        meaning={({ lines }) => countLines(lines)}
        note="This writes a line at the time of declaring. Tap that line to correct its time."
        onChoose={({ id }) => choose(id)}
      />
    </Sheet>
  );
}
