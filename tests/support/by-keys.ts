/** A person at a phone or laptop who has no pointer: everything is reached with Tab and done with keys. */

import type { Locator, Page } from 'playwright';
import { findViolations } from './axe.ts';

const MAX_STOPS = 80;

export type Keys = {
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses Tab until this has the focus; fails when it never comes. Noted on the way: stops nobody sees or hears. */
  tabTo(target: Locator): Promise<void>;
  tabBackTo(target: Locator): Promise<void>;
  /** Tab, then Enter. */
  go(target: Locator): Promise<void>;
  hasFocus(target: Locator): Promise<boolean>;
  /** Every stop of one round of Tab. */
  round(): Promise<readonly Stop[]>;
  /** Stops without a name or without a visible focus, and what axe finds, since the last call. */
  findings(within?: string): Promise<readonly string[]>;
};

export type Stop = {
  readonly name: string;
  readonly isInDialog: boolean;
  readonly line: string | null;
};

export function withKeys(page: Page): Keys {
  const faults = new Set<string>();

  async function press(...pressed: readonly string[]): Promise<void> {
    for (const key of pressed) await page.keyboard.press(key);
  }

  /** Where the focus is now. */
  async function look(isRound = false): Promise<Look> {
    const seen = await page.evaluate(readStop, isRound);
    for (const fault of seen.faults) faults.add(fault);
    return seen;
  }

  const hasFocus = (target: Locator): Promise<boolean> =>
    target.evaluateAll((found) => found.some((element) => element === document.activeElement));

  async function walk(key: string, target: Locator): Promise<void> {
    for (let presses = 0; presses < MAX_STOPS; presses += 1) {
      await press(key);
      await look();
      if (await hasFocus(target)) return;
    }
    throw new Error(`${key} never reached ${target}`);
  }

  return {
    press,
    hasFocus,
    type: (text) => page.keyboard.type(text),
    tabTo: (target) => walk('Tab', target),
    tabBackTo: (target) => walk('Shift+Tab', target),
    async go(target) {
      await walk('Tab', target);
      await press('Enter');
    },
    async round() {
      const stops: Stop[] = [];
      await page.evaluate(forgetStops);
      for (let presses = 0; presses < MAX_STOPS; presses += 1) {
        await press('Tab');
        const { stop, visit } = await look(true);
        if (visit === 'before') return stops;
        if (stop && visit === 'first') stops.push(stop);
      }
      throw new Error('Tab never came round');
    },
    async findings(within) {
      const found = (await findViolations(page, within)).map(
        ({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(' ')}`,
      );
      const all = [...faults, ...found];
      faults.clear();
      return all;
    },
  };
}

/** Runs in the page. */
function forgetStops(): void {
  for (const marked of document.querySelectorAll('[data-stop]'))
    marked.removeAttribute('data-stop');
}

type Look = {
  /** Null when nothing has the focus. */
  readonly stop: Stop | null;
  /** Whether the focus was here before in this round. */
  readonly visit: 'first' | 'still' | 'before';
  readonly faults: readonly string[];
};

/** Runs in the page. @param isRound whether this stop is to be known again */
function readStop(isRound: boolean): Look {
  const focused = document.activeElement;
  const visit = isRound ? mark() : 'first';
  if (!(focused instanceof HTMLElement) || focused === document.body)
    return { stop: null, visit, faults: [] };
  const labels =
    focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
      ? [...(focused.labels ?? [])].map((label) => label.textContent)
      : [];
  const name =
    focused.getAttribute('aria-label') ?? [...labels, focused.textContent].join(' ').trim();
  // A hidden radio button shows its focus on the words beside it, a field on the label around it.
  const shown = [focused, focused.closest('label'), focused.nextElementSibling].filter(
    (element) => element !== null,
  );
  const outlined = shown.find((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const faults: string[] = [];
  if (name === '') faults.push(`no name: ${focused.outerHTML.slice(0, 120)}`);
  if (!outlined) faults.push(`focus not seen: ${name}`);
  else if (isMasked(outlined)) faults.push(`focus masked away: ${name}`);
  const isInDialog = focused.closest('dialog') !== null;
  const line = focused.closest<HTMLElement>('[data-line]')?.dataset['line'] ?? null;
  return { stop: { name, isInDialog, line }, visit, faults };

  /** A date is one field with several stops. */
  function mark(): Look['visit'] {
    const last = document.querySelector('[data-stop="last"]');
    if (last === focused) return 'still';
    if (focused?.getAttribute('data-stop') === 'seen') return 'before';
    last?.setAttribute('data-stop', 'seen');
    focused?.setAttribute('data-stop', 'last');
    return 'first';
  }

  /** What stands outside of a box is neither painted through its mask nor past an edge that cuts. One side may go. */
  function isMasked(element: Element): boolean {
    const style = getComputedStyle(element);
    const reach = Number.parseFloat(style.outlineOffset) + Number.parseFloat(style.outlineWidth);
    if (style.maskImage !== 'none' && reach > 0) return true;
    const box = element.getBoundingClientRect();
    const cut = new Set<string>();
    for (let around = element.parentElement; around; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      const edge = around.getBoundingClientRect();
      if (overflowX !== 'visible' && box.left - reach < edge.left - 0.5) cut.add('left');
      if (overflowX !== 'visible' && box.right + reach > edge.right + 0.5) cut.add('right');
      if (overflowY === 'hidden' && box.top - reach < edge.top - 0.5) cut.add('top');
      if (overflowY === 'hidden' && box.bottom + reach > edge.bottom + 0.5) cut.add('bottom');
    }
    return cut.size > 1;
  }
}
