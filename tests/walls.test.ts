import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from './support/folder.ts';

const ROOT = join(import.meta.dirname, '..');

/** Where each library may be used; anywhere else is a wall. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  yjs: ['shared/doc'],
  dexie: ['client/storage'],
  'y-websocket': ['client/sync'],
  'y-protocols/sync': ['client/sync', 'server/sync'],
  'workbox-precaching': ['client/worker'],
  'lucide-solid/icons/eye': ['client/parts'],
  'lean-qr': ['client/parts'],
  'virtua/solid': ['client/screens'],
  fastify: ['server/http'],
  ws: ['server/sync'],
  zod: ['server'],
  pino: ['server'],
  'node:sqlite': ['server/storage'],
};

/** Folders, and the folders each must not reach into. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  'shared/domain': [
    'shared/doc',
    'shared/protocol',
    'shared/postmortem',
    'shared/export',
    'client/state',
    'server/http',
  ],
  'shared/doc': [
    'shared/protocol',
    'shared/postmortem',
    'shared/export',
    'client/storage',
    'server/storage',
  ],
  'shared/postmortem': [
    'shared/doc',
    'shared/export',
    'shared/protocol',
    'client/state',
    'server/http',
  ],
  'shared/export': ['shared/doc', 'shared/protocol', 'client/state', 'server/http'],
  'shared/protocol': ['shared/domain', 'shared/doc', 'client/sync', 'server/sync'],
  'client/screens': [
    'client/storage',
    'client/sync',
    'shared/doc',
    'shared/protocol',
    'server/http',
  ],
  'client/parts': [
    'client/actions',
    'client/state',
    'client/screens',
    'client/storage',
    'shared/doc',
    'server/http',
  ],
  'client/state': ['client/actions', 'client/screens', 'client/sync', 'server/http'],
  'client/actions': ['client/screens', 'client/parts', 'client/state', 'server/http'],
  'client/storage': [
    'client/actions',
    'client/state',
    'client/screens',
    'client/sync',
    'server/storage',
  ],
  'client/sync': ['client/actions', 'client/state', 'client/screens', 'server/sync'],
  'client/worker': ['client/actions', 'client/storage', 'client/sync', 'server/http'],
  'server/http': ['client/sync'],
  'server/sync': ['client/sync'],
  'server/storage': ['client/storage'],
};

describe('walls', () => {
  test('[W1] every library has one home', () => {
    const attempts: Attempt[] = [];
    for (const library of Object.keys(HOMES)) {
      for (const folder of Object.keys(FORBIDDEN)) attempts.push({ folder, source: library });
    }
    const refused = findRefused(attempts);
    for (const { folder, source } of attempts) {
      const isHome = HOMES[source]?.includes(folder) ?? false;
      expect(refused.has(`${folder} ${source}`), `${source} in ${folder}`).toBe(!isHome);
    }
  });

  test('[W2] nobody imports across a wall', () => {
    const attempts = Object.entries(FORBIDDEN).flatMap(([folder, others]) =>
      others.map((other) => ({ folder, source: `../../${other}/some.ts` })),
    );
    const refused = findRefused(attempts);
    for (const { folder, source } of attempts) {
      expect(refused.has(`${folder} ${source}`), `${source} from ${folder}`).toBe(true);
    }
  });

  test('[W3] the browser is unknown to shared and server, and Node to shared and client', () => {
    const errors = compile({
      'shared/domain/page.ts': 'export const wall = document.title;',
      'shared/doc/process.ts': 'export const wall = process.pid;',
      'server/http/page.ts': 'export const wall = document.title;',
      'client/state/process.ts': 'export const wall = process.pid;',
      'client/state/page.ts': 'export const open = document.title;',
      'client/worker/page.ts': 'export const wall = document.title;',
      'server/http/process.ts': 'export const open = process.pid;',
    });
    expect(errors.toSorted()).toEqual([
      'client/state/process.ts',
      'client/worker/page.ts',
      'server/http/page.ts',
      'shared/doc/process.ts',
      'shared/domain/page.ts',
    ]);
  }, 60_000);

  test('[W4] there is one copy of yjs, and the lock file names no registry', () => {
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
    expect(lock.match(/"node_modules\/(?:.*\/)?yjs"/g)).toEqual(['"node_modules/yjs"']);
    expect(lock).not.toMatch(/"resolved"/);
  });
});

type Attempt = { readonly folder: string; readonly source: string };

/** Lints one file for each attempt, under the project's own rules. @returns `folder source` of those refused */
function findRefused(attempts: readonly Attempt[]): ReadonlySet<string> {
  const files = Object.fromEntries(
    attempts.map(({ folder, source }, index) => [
      `${folder}/wall-${index}.ts`,
      `import '${source}';\n`,
    ]),
  );
  const tree = makeTree(files);
  const arguments_ = [
    'lint',
    '--reporter=json',
    '--max-diagnostics=none',
    '--vcs-enabled=false',
    '.',
  ];
  const { stdout } = spawnSync(join(ROOT, 'node_modules', '.bin', 'biome'), arguments_, {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const report: { diagnostics: { category: string; location: { path: string } }[] } =
    JSON.parse(stdout);
  const refused = new Set<string>();
  for (const { category, location } of report.diagnostics) {
    if (category !== 'lint/style/noRestrictedImports') continue;
    const attempt = attempts[Number(/wall-(\d+)\.ts$/.exec(location.path)?.[1])];
    if (attempt) refused.add(`${attempt.folder} ${attempt.source}`);
  }
  return refused;
}

/** Compiles the files under the project's own TypeScript settings. @returns the files with errors */
function compile(files: Readonly<Record<string, string>>): readonly string[] {
  const tree = makeTree(files);
  for (const project of ['shared', 'client', 'client/worker', 'server']) {
    copyFileSync(join(ROOT, project, 'tsconfig.json'), join(tree, project, 'tsconfig.json'));
  }
  for (const file of ['tsconfig.base.json', 'package.json'])
    copyFileSync(join(ROOT, file), join(tree, file));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const { stdout } = spawnSync(
    join(ROOT, 'node_modules', '.bin', 'tsc'),
    ['-b', 'shared', 'client', 'client/worker', 'server', '--pretty', 'false'],
    { cwd: tree, encoding: 'utf8' },
  );
  return [
    ...new Set(
      [...stdout.matchAll(/^([^(\n]+)\(\d+,\d+\): error/gm)].map((match) => match[1] ?? ''),
    ),
  ];
}

function makeTree(files: Readonly<Record<string, string>>): string {
  const tree = newFolder();
  copyFileSync(join(ROOT, 'biome.json'), join(tree, 'biome.json'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
  return tree;
}
