/** Whether the home list is fresh, and how many lines still wait on this phone. */

import { toClockOrDay } from '../../../shared/domain/time-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { countLines } from '../shell/words.ts';

export function SyncMark() {
  const { state, clock } = useApp();
  const waiting = () =>
    [...state.waitingByIncident.values()].reduce((sum, lines) => sum + lines, 0);
  const words = (): string => {
    const { lastContact } = state;
    if (state.waitingByIncident.size > 0) {
      const what = waiting() === 0 ? 'changes' : countLines(waiting());
      if ([...state.waitingByIncident.keys()].every((id) => state.refused.has(id)))
        return `${what} not taken by the server. Open the incident to see why`;
      return state.directory.type === 'online' ? `Sending ${what}` : `Offline, ${what} waiting`;
    }
    if (state.directory.type === 'connecting') return 'Connecting';
    if (state.directory.type !== 'online' || lastContact === null) return 'Offline';
    return `Synced ${toClockOrDay(lastContact, state.viewerZone, clock.now())}`;
  };

  return (
    <p class="sync-mark" role="status">
      <Icon name={state.directory.type === 'online' ? 'synced' : 'offline'} size={16} />
      {words()}
    </p>
  );
}
