/** What `npm run bench:server` is told on its command line. */

import { parseArgs } from 'node:util';

export type Options = {
  /** Names of workloads; null: all. */
  readonly only: readonly string[] | null;
  readonly peers: readonly string[] | null;
  readonly rounds: number;
  readonly json: string | null;
  /** A server somebody else started, before the room. */
  readonly url: string | null;
  /** Whose CPU time to read, with `url`. */
  readonly pid: number | null;
  /** Where CPU profiles of the servers go. */
  readonly profile: string | null;
};

const ROUNDS = 3;

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      peers: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
      url: { type: 'string' },
      pid: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  return {
    only: values.only?.split(',') ?? null,
    peers: values.peers?.split(',') ?? null,
    rounds: Number(values.rounds ?? ROUNDS),
    json: values.json ?? null,
    url: values.url?.replace(/\/$/, '') ?? null,
    pid: values.pid === undefined ? null : Number(values.pid),
    profile: values.profile ?? null,
  };
}
