/** Who else is here; alone, it is the way to ask somebody in. */

import { Show } from 'solid-js';
import { Avatars } from '../../parts/avatars.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { toFaces } from '../incident/people.ts';
import { useSheets } from '../shell/sheets.ts';

export function PeopleButton() {
  const { view } = useIncident();
  const sheets = useSheets();
  const others = () => toFaces(view);
  const word = () => {
    const names = view.others().map(({ name, isAway }) => (isAway ? `${name} (away)` : name));
    return names.length === 0 ? 'Invite' : `Here too: ${names.join(', ')}. People and invite`;
  };
  return (
    <button
      type="button"
      class="head-people"
      aria-label={word()}
      onClick={() => sheets.open('people')}
    >
      <Show when={others().length > 0} fallback={<Icon name="invite" size={24} />}>
        <Avatars people={others()} />
      </Show>
    </button>
  );
}
