/** The outage the stories are about: card payments fail at checkout in the EU, on a Saturday before three in the morning. */

import type { Kind } from '../../shared/domain/kind.ts';
import { type Instant, MINUTE } from '../../shared/domain/time.ts';
import { at, createDevice, type Device, meet } from './device.ts';

type Line = readonly [minute: number, who: string, kind: Kind, text: string];

/** Minutes from when the alert fired. */
const LINES: readonly Line[] = [
  [
    -169,
    'Tomás Berg',
    'change',
    'Terraform module 4.2 applied to `payments-db-eu`. Plan shows `default_pool_size` from 40 to 20.',
  ],
  [0, 'Tomás Berg', 'alert', 'payments-eu 5xx 11.4% for 3 min, limit 2%'],
  [
    5,
    'Ines Duarte',
    'observation',
    'Gateway pods healthy. Every error is `pool timeout` on payments-db-eu.',
  ],
  [
    11,
    'Kofi Mensah',
    'impact',
    'About 1 in 9 card payments fails in the EU. Wallets are fine. 46 tickets so far.',
  ],
  [
    17,
    'Tomás Berg',
    'hypothesis',
    'Last night’s Terraform run halved the pool. The 02:30 settlement batch tipped it over.',
  ],
  [
    24,
    'Ines Duarte',
    'observation',
    'Both poolers capped at 20. Settlement batch holds 18 of them.',
  ],
  [26, 'Priya Nair', 'decision', 'Roll back the pool size first. Fail over only above 25% errors.'],
  [28, 'Tomás Berg', 'action', 'Pool back to 40 on eu-1, then eu-2.'],
  [29, 'Mei Lin', 'communication', 'Status page: cause found, fix rolling out. Next update 03:45.'],
  [36, 'Ines Duarte', 'observation', 'Waiting connections draining on both.'],
  [39, 'Tomás Berg', 'alert', 'payments-eu 5xx 0.6%, limit 2%'],
  [42, 'Ines Duarte', 'observation', 'Test order went through on both.'],
  [43, 'Ines Duarte', 'action', 'Warehouse keeps retry queue on.'],
];

/** @returns a device that knows the whole incident; the alert fired at `alertAt` */
export function checkoutOutage(alertAt: Instant): Device {
  const people = new Map<string, Device>();
  const open = (name: string): Device => {
    const known = people.get(name) ?? createDevice(name, people.size + 1);
    people.set(name, known);
    return known;
  };
  const priya = open('Priya Nair');
  priya.now = alertAt + 3 * MINUTE;
  priya.declare('Card payments failing at checkout, EU');
  for (const [minute, who, kind, text] of LINES) {
    const device = open(who);
    if (device !== priya) meet(priya, device);
    device.now = Math.max(alertAt + minute * MINUTE, priya.now - 1);
    const occurred = at(
      alertAt + minute * MINUTE,
      minute < 0 ? { basis: 'exact', precision: 'minute' } : {},
    );
    device.log(text, { kind, occurred });
    if (device !== priya) meet(priya, device);
  }
  priya.mark('detected', alertAt);
  priya.mark('mitigated', alertAt + 40 * MINUTE);
  return priya;
}
