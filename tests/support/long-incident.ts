/** An incident of thousands of lines, as a long week makes it. */

import { at, createDevice, type Device, NIGHT } from './device.ts';

/** `count` lines of about 110 characters, one a second from `start` on. */
export function longIncident(count: number, start = NIGHT): Device {
  const ana = createDevice('Ana Lind');
  ana.now = start;
  ana.declare('Card payments failing at checkout, EU');
  ana.doc.ydoc.transact(() => {
    for (let i = 0; i < count; i++) {
      const text = `${i} payments-eu: pool timeout on payments-db-eu, 11.4% of card payments fail, retry queue grows, wallets fine.`;
      const occurred = at(start + i * 1000);
      ana.now = start + i * 1000;
      ana.run({ type: 'log', kind: 'observation', text, occurred });
    }
  });
  return ana;
}
