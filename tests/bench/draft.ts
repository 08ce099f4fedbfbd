/** The draft of a long incident in a page with a slow CPU, without and with its screen. */

import { join } from 'node:path';
import type { Page } from 'playwright';
import { build } from 'vite';
import type { DraftTimes } from './draft-in-page.ts';
import type { Figure } from './figures.ts';

const ROUNDS = 9;

export async function measureDrafting(
  page: Page,
  document: Uint8Array,
): Promise<readonly Figure[]> {
  await page.evaluate(await bundle());
  const times: DraftTimes = await page.evaluate(
    ([bytes, rounds]) => Reflect.get(window, 'bench').measureDraft(bytes, rounds),
    [Buffer.from(document).toString('base64'), ROUNDS] as const,
  );
  return [
    { name: 'drafting 10,000 lines', values: times.whole, unit: 'ms', target: 300 },
    { name: 'the same after one line changed', values: times.again, unit: 'ms', target: 100 },
    { name: 'statements made anew by that', value: times.redrawn, unit: '', target: 2 },
    { name: 'its Markdown', values: times.markdown, unit: 'ms', target: null },
  ];
}

/** From the tap on the way to the draft until its first statement is painted. */
export async function measurePromotion(page: Page, rounds: number): Promise<Figure> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.getByRole('button', { name: /Incident details/ }).click();
    const way = page.getByRole('link', { name: 'Postmortem draft' });
    await way.waitFor();
    const measuring = page.evaluate(watchFirstStatement);
    await way.tap();
    values.push(await measuring);
    await page.getByRole('link', { name: 'Back to the log' }).click();
    await page.getByRole('log', { name: 'Timeline' }).waitFor();
  }
  return { name: 'tap → draft on the screen', values, unit: 'ms', target: null };
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: {
        entry: join(import.meta.dirname, 'draft-in-page.ts'),
        formats: ['iife'],
        name: 'bench',
      },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('Nothing was built');
  return first.output[0].code;
}

/** Runs in the page. */
function watchFirstStatement(): Promise<number> {
  return new Promise((resolve) => {
    let down = 0;
    document.addEventListener('pointerdown', () => (down = performance.now()), {
      once: true,
      capture: true,
    });
    const observer = new MutationObserver(() => {
      if (!document.querySelector('.statement')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - down)));
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}
