import './globals.ts';
import { expect, test } from 'vitest';
import { playHistory } from './history.ts';

test('[Z4] try', async () => {
  const from = Number(process.env['SEED'] ?? 1);
  const count = Number(process.env['COUNT'] ?? 1);
  const cpu = process.cpuUsage();
  let events = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const told = await playHistory(seed);
    events += told.events;
    if (count < 5) console.log(seed, told);
  }
  const used = process.cpuUsage(cpu);
  console.log('cpu ms/history', (used.user + used.system) / 1000 / count, 'events', events / count);
  expect(1).toBe(1);
}, 600_000);
