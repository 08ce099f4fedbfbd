import { expect, test } from 'vitest';
import { readIncidentFile } from '../../../server/replay/incident-file.ts';
import { playIncident } from '../../../server/replay/play.ts';
import { toReplayMarkdown } from '../../../server/replay/report.ts';

/** Three real incidents, and their drafts as they come out of the server's runtime. */
const FILES: Readonly<Record<string, string>> = import.meta.glob('../../fixtures/incidents/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const GOLDEN = Object.entries(FILES).filter(([path]) => path.endsWith('.golden.md'));

test('[G23] the same timeline gives the same bytes in the browser as on the server', () => {
  expect(GOLDEN).toHaveLength(3);
  for (const [path, markdown] of GOLDEN) {
    const played = playIncident(readIncidentFile(FILES[path.replace('.golden.md', '.json')] ?? ''));
    expect(toReplayMarkdown(played)).toBe(markdown);
  }
});
