/** The lines at the end of the log that only this phone has, while the server is out of reach. */

import { type Accessor, createMemo } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';
import type { IncidentView } from '../../state/incident-view.ts';

/** @returns oldest first; empty as long as one line after them is on the server, or may be */
export function createWaitingTail(view: IncidentView): Accessor<readonly EntryId[]> {
  const tail = createMemo(() => {
    if (view.connection().type !== 'offline') return [];
    const ids = view.ids();
    const isElsewhere = (id: EntryId) => ['server', 'unknown'].includes(view.place(id));
    return ids.slice(ids.findLastIndex(isElsewhere) + 1);
  });
  return tail;
}
