/** Whose wall clock the log shows. */

import type { ShownZone } from '../../../shared/domain/preferences.ts';
import { Choice } from '../../parts/choice.tsx';
import { useApp } from './app-context.ts';

export const ZONES: readonly { value: ShownZone; word: string }[] = [
  { value: 'viewer', word: 'My zone' },
  { value: 'utc', word: 'UTC' },
  { value: 'home', word: 'Incident’s zone' },
];

export function ZoneChoice(props: { note: string }) {
  const { state, actions } = useApp();
  return (
    <div class="group">
      <p class="label">Times in the log</p>
      <Choice
        label="Times in the log"
        options={ZONES}
        value={state.preferences.zone}
        onChoose={(zone) => actions.setPreferences({ ...state.preferences, zone })}
      />
      <p class="note">{props.note}</p>
    </div>
  );
}
