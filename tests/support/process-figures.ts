/** What the system says of a running process (Linux): memory now, memory at its peak, time on a core. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const CLOCK_TICK_MILLIS = 10; // sysconf(_SC_CLK_TCK) is 100 on every Linux

export type Figures = {
  readonly rssBytes: number;
  /** Since the start, or since `forgetPeak`. */
  readonly peakBytes: number;
  readonly cpuMillis: number;
};

export const hasProcessFigures = existsSync('/proc/self/status');

export function readFigures(pid: number): Figures {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytesOf = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  // The program's name may hold spaces, so the fields are counted from the bracket behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return {
    rssBytes: bytesOf('VmRSS'),
    peakBytes: bytesOf('VmHWM'),
    cpuMillis: (user + system) * CLOCK_TICK_MILLIS,
  };
}

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
