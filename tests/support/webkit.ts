/**
 * WebKitGTK, the nearest to Safari that runs on this kind of machine, over WebDriver (W3C). Debian's packages are
 * `webkit2gtk-driver` and `xvfb`.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newFolder } from './folder.ts';

export type WebKit = {
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** The text on the screen. */
  text(): Promise<string>;
  click(css: string): Promise<void>;
  type(css: string, text: string): Promise<void>;
};

/** @returns false where a program it needs is not installed */
export function hasWebKit(): boolean {
  return (
    findProgram('WebKitWebDriver') !== null &&
    findProgram('Xvfb') !== null &&
    findBrowser() !== null
  );
}

export async function startWebKit(): Promise<WebKit> {
  const browser = findBrowser();
  if (!browser) throw new Error('There is no MiniBrowser; ask hasWebKit() first');
  const screen = run('Xvfb', ['-displayfd', '1', '-screen', '0', '412x915x24'], {});
  const display = await firstLine(screen);
  const home = newFolder();
  const port = await freePort();
  const environment = {
    DISPLAY: `:${display}`,
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  };
  run('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], environment);
  const base = `http://127.0.0.1:${port}`;
  await answers(`${base}/status`);
  const wanted = { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } };
  const made = await ask(`${base}/session`, { capabilities: { alwaysMatch: wanted } });
  const id = readField(made, 'sessionId');
  const session = `${base}/session/${String(id)}`;
  onTestFinished(async () => {
    await fetch(session, { method: 'DELETE' }).catch(() => undefined);
  });

  const find = async (css: string): Promise<string> => {
    const found = await ask(`${session}/element`, { using: 'css selector', value: css });
    if (typeof found !== 'object' || found === null) throw new Error(`Nothing fits ${css}`);
    return String(Object.values(found)[0]);
  };
  return {
    open: async (url) => void (await ask(`${session}/url`, { url })),
    reload: async () => void (await ask(`${session}/refresh`, {})),
    text: async () => {
      const script = 'return document.body.innerText';
      return String(await ask(`${session}/execute/sync`, { script, args: [] }));
    },
    click: async (css) => void (await ask(`${session}/element/${await find(css)}/click`, {})),
    type: async (css, text) =>
      void (await ask(`${session}/element/${await find(css)}/value`, { text })),
  };
}

/** @returns the answer's `value`; @throws Error with the driver's own words */
async function ask(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const value = readField(await answer.json(), 'value');
  if (!answer.ok) throw new Error(String(readField(value, 'message')));
  return value;
}

function readField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const isUp = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > deadline) throw new Error(`${url} does not answer`);
  }
}

function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string>,
): ChildProcess {
  const child = spawn(program, [...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => {
    child.kill();
  });
  return child;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('The program ended before it said anything')));
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function findProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Debian keeps it in a folder of the architecture and of the library's version. */
function findBrowser(): string | null {
  const root = '/usr/lib';
  if (!existsSync(root)) return null;
  for (const triplet of readdirSync(root).filter((name) => name.endsWith('-linux-gnu'))) {
    const versions = readdirSync(join(root, triplet)).filter((name) =>
      name.startsWith('webkit2gtk-'),
    );
    for (const version of versions.toSorted().reverse()) {
      const path = join(root, triplet, version, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  }
  return null;
}
