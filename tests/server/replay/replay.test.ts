import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadFile, readIncidentFile } from '../../../server/replay/incident-file.ts';
import { playIncident } from '../../../server/replay/play.ts';
import { toDraft, toReplay, toReplayMarkdown } from '../../../server/replay/report.ts';
import { newFolder } from '../../support/folder.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/incidents');
const ROOT = join(import.meta.dirname, '../../..');
const INCIDENTS = [
  'cloudflare-2019-07-02-waf-regex',
  'github-2018-10-21-mysql-partition',
  'moj-2023-01-11-image-pull',
];

function read(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** The file without the figures somebody else worked out, which must not be needed. */
function strip(text: string): string {
  const { reportedMetrics, metricsBasis, statedFigures, ...file } = JSON.parse(text);
  expect(reportedMetrics).toBeDefined();
  expect(metricsBasis ?? statedFigures).toBeDefined();
  return JSON.stringify(file);
}

function replay(...args: readonly string[]) {
  const script = join(ROOT, 'server/replay.ts');
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
}

function draftOf(text: string) {
  return toDraft(playIncident(readIncidentFile(text)));
}

const SMALL = {
  title: 'Search is slow',
  timezone: 'America/New_York',
  entries: [
    { at: '2026-03-01T00:00:00Z', type: 'note', text: 'Slow since that day', precision: 'day' },
  ],
};

describe('replay', () => {
  test.each(INCIDENTS)('[G1] %s: order, T+, figures and gaps as worked out', (name) => {
    const expected: unknown = JSON.parse(read(`${name}.expected.json`));
    expect(toReplay(playIncident(readIncidentFile(strip(read(`${name}.json`)))))).toEqual(expected);
    const printed = replay(join(FOLDER, `${name}.json`), '--json');
    expect(printed.status).toBe(0);
    expect(JSON.parse(printed.stdout)).toEqual(expected);
  });

  test.each(INCIDENTS)('[G2] %s: its Markdown, byte for byte', (name) => {
    const golden = read(`${name}.golden.md`);
    expect(toReplayMarkdown(playIncident(readIncidentFile(strip(read(`${name}.json`)))))).toBe(
      golden,
    );
    expect(replay(join(FOLDER, `${name}.json`)).stdout).toBe(golden);
  });

  test.each(INCIDENTS)('[G3] %s: every sentence names lines of the timeline', (name) => {
    const draft = draftOf(read(`${name}.json`));
    const known = new Set(draft.timeline.map(({ id }) => id));
    const statements = Object.values(draft.statements).flat();
    expect(statements.length).toBeGreaterThan(10);
    for (const { id, sources } of statements) {
      expect(sources.length, id).toBeGreaterThan(0);
      expect(
        sources.every((source) => known.has(source)),
        id,
      ).toBe(true);
    }
    const ids = statements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('[G11] a day-only time is never 00:00', () => {
    const markdown = toReplayMarkdown(playIncident(readIncidentFile(JSON.stringify(SMALL))));
    expect(markdown).toContain('2026-03-01 (day)');
    expect(markdown).not.toContain('00:00');
  });

  test('[G14] what is written down afterwards has no declaration of its own', () => {
    const draft = draftOf(JSON.stringify(SMALL));
    expect(draft.timeline).toHaveLength(1);
    expect(draft.state.declaredAt).toBeNull();
    expect(draft.state.severity).toBeNull();
  });

  test('[G13] a file that is no incident is refused in words that say where, and nothing is printed', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['{', /not JSON/],
      ['[]', /the file: an object/],
      [JSON.stringify({ ...SMALL, timezone: 'Mars/Olympus' }), /timezone/],
      [JSON.stringify({ ...SMALL, title: ' ' }), /title/],
      [JSON.stringify({ ...SMALL, entries: {} }), /entries: a list/],
      [
        JSON.stringify({ ...SMALL, entries: [{ at: 'soon', type: 'note', text: 'x' }] }),
        /entries\[0\]\.at/,
      ],
      [
        JSON.stringify({
          ...SMALL,
          entries: [{ at: '2026-03-01T00:00:00Z', type: 'rumour', text: 'x' }],
        }),
        /entries\[0\]\.type/,
      ],
      [
        JSON.stringify({
          ...SMALL,
          entries: [{ at: '2026-03-01T00:00:00Z', type: 'note', text: 'x'.repeat(70_000) }],
        }),
        /entries\[0\].*one line holds/,
      ],
      [
        JSON.stringify({ ...SMALL, metricAnchors: { detected: 'noon' } }),
        /metricAnchors\.detected/,
      ],
    ];
    for (const [text, words] of cases) {
      expect(() => playIncident(readIncidentFile(text)), text.slice(0, 80)).toThrow(words);
      expect(() => playIncident(readIncidentFile(text))).toThrow(BadFile);
    }
    const path = join(newFolder(), 'bad.json');
    writeFileSync(path, '{"title": 1}');
    const printed = replay(path);
    expect(printed).toMatchObject({ status: 1, stdout: '' });
    expect(printed.stderr).toContain('timezone');
    expect(printed.stderr).not.toContain('at ');
    expect(replay(join(path, 'none'))).toMatchObject({ status: 1, stdout: '' });
    expect(replay()).toMatchObject({ status: 1, stdout: '' });
  });
});
