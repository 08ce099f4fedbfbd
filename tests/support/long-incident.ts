/** An incident of thousands of lines, as a long week makes it. */

import type { Kind } from '../../shared/domain/kind.ts';
import { type Instant, MINUTE } from '../../shared/domain/time.ts';
import { at, createDevice, type Device, NIGHT } from './device.ts';

/** `count` lines of about 110 characters, one a second from `start` on. */
export function longIncident(count: number, start = NIGHT): Device {
  return writeLines(count, start, ['observation']);
}

/** The same with lines of many kinds and the usual milestones, as a draft is made from. */
export function busyIncident(count: number, start = NIGHT): Device {
  const kinds = ['observation', 'action', 'impact', 'hypothesis', 'decision', 'alert'] as const;
  const ana = writeLines(count, start, kinds);
  ana.mark('impactStarted', start + MINUTE);
  ana.mark('detected', start + 2 * MINUTE);
  ana.mark('mitigated', start + count * 900);
  ana.mark('resolved', start + count * 1000);
  return ana;
}

function writeLines(count: number, start: Instant, kinds: readonly Kind[]): Device {
  const ana = createDevice('Ana Lind');
  ana.now = start;
  ana.declare('Card payments failing at checkout, EU');
  ana.doc.ydoc.transact(() => {
    for (let i = 0; i < count; i++) {
      const text = `${i} payments-eu: pool timeout on payments-db-eu, 11.4% of card payments fail, retry queue grows, wallets fine.`;
      const occurred = at(start + i * 1000);
      ana.now = start + i * 1000;
      ana.run({ type: 'log', kind: kinds[i % kinds.length] ?? 'observation', text, occurred });
    }
  });
  return ana;
}
