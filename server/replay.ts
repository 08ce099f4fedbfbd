/**
 * `npm run replay -- FILE.json [--json]` plays an incident file through the app's own commands and prints its
 * postmortem draft: Markdown, or with `--json` the order, T+, four metrics and the gaps.
 */

import { readFileSync } from 'node:fs';
import { BadFile, readIncidentFile } from './replay/incident-file.ts';
import { playIncident } from './replay/play.ts';
import { toReplay, toReplayMarkdown } from './replay/report.ts';

const USAGE = `npm run replay -- FILE.json [--json]

FILE.json holds title, timezone and entries of {at, type, text, actorRole?, precision?, atEnd?}, and
metricAnchors where they are known. Prints the postmortem draft as Markdown; with --json
  order    the words of every line, in timeline order
  tPlus    its T+ (h:mm), null where only the day is known
  metrics  minutes, from, to and basis of each; null where it is unknown
  gaps     what is missing`;

function main(args: readonly string[]): number {
  const isJson = args.includes('--json');
  const [path, ...more] = args.filter((arg) => arg !== '--json');
  if (path === undefined || more.length > 0 || path.startsWith('-')) {
    process.stderr.write(`${USAGE}\n`);
    return path === '--help' ? 0 : 1;
  }
  try {
    const doc = playIncident(readIncidentFile(readFileSync(path, 'utf8')));
    process.stdout.write(
      isJson ? `${JSON.stringify(toReplay(doc), null, 2)}\n` : toReplayMarkdown(doc),
    );
    return 0;
  } catch (cause) {
    const isFileMissing = cause instanceof Error && 'code' in cause && 'syscall' in cause;
    if (!(cause instanceof BadFile) && !isFileMissing) throw cause;
    process.stderr.write(`${path}: ${cause.message}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
