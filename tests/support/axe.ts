/** What axe finds on a page. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

export type Violation = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];

/** The rules that look at colours. What the others look at is the same in every theme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** @param within a selector; the whole page without it */
export function findViolations(page: Page, within?: string): Promise<readonly Violation[]> {
  const axe = axeOf(page);
  return analyze(within ? axe.include(within) : axe);
}

/** Looked at again after only the colours changed. */
export function findColourViolations(page: Page): Promise<readonly Violation[]> {
  return analyze(axeOf(page).withRules(OF_COLOURS));
}

/** Without the mode for foreign frames, of which there are none: it opens a page of its own for each answer. */
function axeOf(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

async function analyze(axe: AxeBuilder): Promise<readonly Violation[]> {
  return (await axe.analyze()).violations;
}
