/** Whether the home list is fresh, and how many lines still wait on this phone. */

import { toClockOrDay } from '../../../shared/domain/time-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { countLines } from '../shell/words.ts';

export function SyncMark() {
  const { state, clock } = useApp();
  const words = (): string => {
    const { lastContact, waitingByIncident } = state;
    const away = state.directory.type === 'ended' ? 'Signed out' : 'Offline';
    if (waitingByIncident && waitingByIncident.size > 0) {
      const lines = [...waitingByIncident.values()].reduce((sum, count) => sum + count, 0);
      const what = lines === 0 ? 'changes' : countLines(lines);
      const isIn = state.directory.type !== 'ended';
      if (isIn && [...waitingByIncident.keys()].every((id) => state.refused.has(id)))
        return `${what} not taken by the server. Open the incident to see why`;
      return state.directory.type === 'online' ? `Sending ${what}` : `${away}, ${what} waiting`;
    }
    if (state.directory.type === 'connecting') return 'Connecting';
    if (state.directory.type !== 'online' || lastContact === null) return away;
    if (!waitingByIncident) return 'Online, reading what waits';
    return `Synced ${toClockOrDay(lastContact, state.viewerZone, clock.now())}`;
  };

  return (
    <p class="sync-mark" role="status">
      <Icon name={state.directory.type === 'online' ? 'synced' : 'offline'} size={16} />
      {words()}
    </p>
  );
}
