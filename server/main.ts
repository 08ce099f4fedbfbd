/** Starts the server from the environment, and stops it in good order on Ctrl-C. */

import { join } from 'node:path';
import { readConfig } from './config.ts';
import { createLog, type Log } from './log.ts';
import { type Server, serve } from './serve.ts';

const CLIENT_DIR = join(import.meta.dirname, '..', 'dist', 'client');

const outcome = readConfig(process.env);
if (outcome.ok) {
  const log = createLog(outcome.config.logLevel);
  try {
    const server = await serve(outcome.config, log, CLIENT_DIR);
    console.info(`Logline is at ${server.url}`);
    if (server.claimLink !== null && outcome.config.ownerToken === null)
      console.info(`Nobody owns it yet. To claim it, within 24 hours: ${server.claimLink}`);
    stopOnSignal(server, log);
    endOnBug(log);
  } catch (cause) {
    refuse([toReason(cause, outcome.config.port)]);
  }
} else {
  refuse(outcome.problems);
}

/** A second Ctrl-C means "now". */
function stopOnSignal(server: Server, log: Log): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    server.stop().then(
      () => process.exit(0),
      (err) => {
        log.fatal({ err }, 'could not stop in good order');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** What nobody expected leaves a state nobody knows. What was acknowledged is on the disk; whoever watches restarts us. */
function endOnBug(log: Log): void {
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'a bug; stopping');
    process.exit(1);
  });
}

function refuse(problems: readonly string[]): void {
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
}

function toReason(cause: unknown, port: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Set PORT to a free one, or stop that program.`;
  }
  if (code === 'EACCES') {
    return `The server may not write to DATA_DIR or listen on port ${port}. Set DATA_DIR or PORT to one it may use.`;
  }
  return cause instanceof Error ? cause.message : String(cause);
}
