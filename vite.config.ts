/** Builds the client and its service worker into dist/client, and says which tests there are. */

import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, findChromium } from './tests/support/chromium.ts';
import { LongestFirst } from './tests/support/longest-first.ts';

const ROOT = import.meta.dirname;
const OUT_DIR = join(ROOT, 'dist', 'client');
/** Fetched together once the page is idle: many small files would pack worse and come one by one. */
const SHEETS =
  /client.screens.(copy|declare|door|entry|people|team|time|versions|you)\/|(kind|milestone|incident|severity|status)-sheet|parts.(sheet|choice|choice-list)\.|zone-choice|shared-area|send-out/;
/** The whole way from a timeline to its postmortem, for whoever goes it. */
const POSTMORTEM = /client.screens.postmortem|state.open-draft|shared.(postmortem|export)/;
/** What every part of the app shares. */
const BASE = /shared.domain|node_modules.(solid-js|@solidjs|lucide-solid)|parts.icon/;
/** What is text. */
const PACKED = /\.(js|css|html|svg|webmanifest|json)$/;
const isTest = process.env['VITEST'] !== undefined;
/** `npm run test:long`: the same tests with higher counts. */
const isLong = process.env['LOGLINE_LONG'] === '1';
/** Files at once: two that only compute, and give way to the others, and two that mostly wait for a browser. */
const WORKERS = 4;
/** Two browsers on two slow processors take their time, and it costs nothing to wait for them. */
const PATIENT = {
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 15_000 } },
};

export default defineConfig({
  ...(!isTest && { root: join(ROOT, 'client') }),
  publicDir: join(ROOT, 'public'),
  plugins: isTest ? [] : [solid(), installable(), precompress()],
  build: {
    outDir: OUT_DIR,
    emptyOutDir: true,
    target: ['chrome111', 'safari16.4', 'firefox128'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'sheets', test: SHEETS, priority: 2 },
            { name: 'postmortem', test: POSTMORTEM, priority: 2 },
            { name: 'base', test: BASE, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '^/api/': 'http://127.0.0.1:4400',
      // a room, and not the source folder of the same name
      '^/sync/[0-9a-z]{22}$': { target: 'ws://127.0.0.1:4400', ws: true },
    },
  },
  test: {
    root: ROOT,
    sequence: { sequencer: LongestFirst },
    projects: [
      unitTests(),
      simulationTests(),
      browserTests(),
      endToEndTests(),
      durabilityTests(),
      limitTests(),
    ],
  },
});

function installable() {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'worker',
    filename: 'service-worker.ts',
    injectRegister: false,
    manifest: {
      id: '/',
      name: 'Logline',
      short_name: 'Logline',
      description: 'The incident timeline you can write with one thumb, with no signal.',
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: '#000000',
      theme_color: '#000000',
      categories: ['productivity', 'utilities'],
      icons: [
        { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
      shortcuts: [{ name: 'Declare incident', url: '/?sheet=declare' }],
      launch_handler: { client_mode: 'navigate-existing' },
    },
    includeManifestIcons: false,
    injectManifest: {
      globPatterns: ['**/*.{js,css,html,woff2,svg}', 'icon-192.png'],
      minify: true,
      sourcemap: false,
    },
  });
}

/** Packs every text file once at build time, as small as it gets, so that the server never has to. */
function precompress(): Plugin {
  let outDir = OUT_DIR;
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    configResolved({ build }) {
      outDir = build.outDir;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = readdirSync(outDir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && PACKED.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name));
        await Promise.all(files.map(pack));
      },
    },
  };
}

async function pack(path: string): Promise<void> {
  const content = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const [small, wide] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${path}.br`, small), writeFile(`${path}.gz`, wide)]);
}

function unitTests() {
  return {
    test: {
      name: 'unit',
      include: ['tests/*.test.ts', 'tests/{shared,server}/**/*.test.ts'],
      exclude: ['tests/server/{durability,limits}/**'],
      maxWorkers: WORKERS,
      isolate: false,
      ...PATIENT,
    },
  };
}

/** Histories of a simulated world: much computing, no waiting, and no clock but its own. Beside the others. */
function simulationTests() {
  return {
    test: {
      name: 'simulation',
      include: ['tests/simulation/**/*.test.ts'],
      setupFiles: ['tests/simulation/give-way.ts'],
      maxWorkers: WORKERS,
      testTimeout: isLong ? 7_200_000 : 900_000,
    },
  };
}

/** Runs inside the real browser. */
function browserTests() {
  const executablePath = findChromium();
  const launchOptions = { args: [...CHROMIUM_ARGS], ...(executablePath && { executablePath }) };
  return {
    plugins: [solid()],
    test: {
      name: 'browser',
      include: ['tests/client/**/*.test.ts'],
      maxWorkers: WORKERS,
      ...PATIENT,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
  };
}

/** Drives the built app in the real browser against the real server. */
function endToEndTests() {
  return {
    test: {
      name: 'e2e',
      include: ['tests/e2e/**/*.test.ts'],
      maxWorkers: WORKERS,
      isolate: false,
      ...PATIENT,
    },
  };
}

/** Kills and starves the built server, and damages what it wrote. Most of it waits for a disk. */
function durabilityTests() {
  return {
    test: {
      name: 'durability',
      include: ['tests/server/durability/**/*.test.ts'],
      maxWorkers: WORKERS,
      ...PATIENT,
      testTimeout: isLong ? 1_800_000 : 240_000,
    },
  };
}

/** Attacks the built server, one file after the other and after all others: what is measured needs the machine. */
function limitTests() {
  return {
    test: {
      name: 'limits',
      include: ['tests/server/limits/**/*.test.ts'],
      maxWorkers: 1,
      sequence: { groupOrder: 1 },
      testTimeout: isLong ? 1_800_000 : 240_000,
      hookTimeout: 60_000,
    },
  };
}
