/** What axe finds on a page. Every page is one document: no frame has to be asked as well. */

import axe from 'axe-core';
import type { Page } from 'playwright';

export type Violation = Pick<axe.Result, 'id'> & {
  readonly impact: axe.Result['impact'] | undefined;
  readonly nodes: readonly Pick<axe.NodeResult, 'html'>[];
};

/** The rules that look at colours. What the others look at is the same in every theme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** @param within a selector; the whole page without it */
export function findViolations(page: Page, within?: string): Promise<readonly Violation[]> {
  return analyze(page, within ?? null, null);
}

/** Looked at again after only the colours changed. */
export function findColourViolations(page: Page): Promise<readonly Violation[]> {
  return analyze(page, null, OF_COLOURS);
}

/** It stays in the document for the next time: half a megabyte to read. */
async function analyze(
  page: Page,
  within: string | null,
  rules: readonly string[] | null,
): Promise<readonly Violation[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(run, { within, rules });
}

/** Runs in the page. */
async function run({
  within,
  rules,
}: {
  within: string | null;
  rules: readonly string[] | null;
}): Promise<readonly Violation[]> {
  const { violations } = await window.axe.run(within ?? document, {
    resultTypes: ['violations'],
    ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
  });
  return violations.map(({ id, impact, nodes }) => ({
    id,
    impact,
    nodes: nodes.map(({ html }) => ({ html })),
  }));
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
