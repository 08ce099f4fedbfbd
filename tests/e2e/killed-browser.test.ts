import { type BrowserContext, chromium } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { KIND_WORDS } from '../../shared/domain/kind.ts';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';
import { rounds } from '../support/counts.ts';
import { newFolder } from '../support/folder.ts';
import { CLIENT_DIR, expectPage, PHONE, type Phone, phoneIn } from '../support/phones.ts';
import { createRandom, newSeed } from '../support/random.ts';
import { startServer } from '../support/server.ts';
import { readIncident, textsOf } from '../support/witness.ts';

const KILLS = rounds({ usual: 6, long: 100 });
/** A round ends after at most so many lines that were marked as kept, in the middle of the next ones. */
const MAX_KEPT = 12;
const TIMEOUT_MILLIS = KILLS * 15_000;
const NAME = 'Ana Lind';

test(
  `[DU2] ${KILLS} kills of the browser while writing lose no line that was marked as on this phone`,
  async () => {
    const seed = newSeed();
    const random = createRandom(seed);
    const server = await startServer({}, CLIENT_DIR);
    const profile = newFolder();
    const kept = new Set<string>();

    let { context, pid } = await openBrowser(profile, server.url);
    let ana = await phoneIn(context, NAME, server.url);
    await ana.start();
    await ana.installed();
    await ana.declare('Card payments failing, EU');
    await ana.sent();
    const address = ana.page.url();
    await server.stop();
    for (let round = 0; round < KILLS; round += 1) {
      await writeUntilKilled(ana, kept, round, 1 + random.below(MAX_KEPT), pid);
      ({ context, pid } = await openBrowser(profile, server.url));
      ana = await phoneIn(context, NAME, server.url);
      await ana.page.goto(address);
      await expectPage(ana.page.getByRole('log', { name: 'Timeline' })).toBeVisible();
    }
    await server.start();
    await ana.sent();
    const room = new URL(address).pathname.split('/').at(-1);
    const texts = textsOf(await readIncident(`${server.syncUrl}/${room}`));
    console.info(`[DU2] ${KILLS} kills, seed ${seed}: ${kept.size} lines were marked as kept`);
    expect([...kept].filter((line) => !texts.has(line))).toEqual([]);
    expect(kept.size).toBeGreaterThanOrEqual(KILLS);
  },
  TIMEOUT_MILLIS,
);

type OpenBrowser = {
  readonly context: BrowserContext;
  /** Of the browser itself, which is where a page's database lives. */
  readonly pid: number;
};

async function openBrowser(profile: string, url: string): Promise<OpenBrowser> {
  const executablePath = findChromium(true);
  const context = await chromium.launchPersistentContext(profile, {
    args: [...CHROMIUM_ARGS],
    baseURL: url,
    viewport: PHONE,
    reducedMotion: 'reduce',
    ...(executablePath && { executablePath }),
  });
  onTestFinished(() => context.close());
  const session = await context.browser()?.newBrowserCDPSession();
  const processes = (await session?.send('SystemInfo.getProcessInfo'))?.processInfo ?? [];
  const pid = processes.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('The browser does not say which process it is');
  return { context, pid };
}

/** Lines go on being written when the browser is killed. */
async function writeUntilKilled(
  ana: Phone,
  kept: Set<string>,
  round: number,
  enough: number,
  pid: number,
): Promise<void> {
  const gone = new Promise<void>((resolve) => ana.context.once('close', () => resolve()));
  let count = 0;
  await ana.page.exposeFunction('noteKept', (line: string) => {
    if (!line.startsWith(`Round ${round},`) || kept.has(line)) return;
    kept.add(line);
    count += 1;
    if (count === enough) process.kill(pid, 'SIGKILL');
  });
  await ana.page.evaluate(watchMarks);
  const write = async (): Promise<void> => {
    const words = ana.page.getByLabel(KIND_WORDS.observation.prompt);
    for (let line = 1; ; line += 1) {
      await words.fill(`Round ${round}, line ${line}`);
      await words.press('Control+Enter');
    }
  };
  await Promise.race([gone, write()]).catch(() => gone); // the page dies under the writer's hands
}

/** Runs in the page: tells of each line that carries the mark of being on this phone's disk. */
function watchMarks(): void {
  const look = (): void => {
    for (const mark of document.querySelectorAll('[role=log] [data-place="phone"] svg')) {
      const line = mark.closest('article')?.querySelector('.line-text')?.textContent;
      if (line && 'noteKept' in window && typeof window.noteKept === 'function')
        window.noteKept(line.trim());
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-place'],
  });
}
