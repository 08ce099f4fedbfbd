/** The same work with a disk that takes 5 ms longer for each flush. */

import { LOGLINE, withSlowDisk } from './peers.ts';
import type { Workload } from './workload.ts';

/** Only for a server that writes before it tells: the others would not notice the disk. */
export function onSlowDisk(workload: Workload): Workload {
  return {
    ...workload,
    name: `${workload.name}-slow-disk`,
    label: `${workload.label}, disk of 5 ms a flush`,
    adapt: (peer) => (peer === LOGLINE ? withSlowDisk(peer) : null),
  };
}
