/**
 * The rows as a virtual list can take them. It keeps its place when rows come or go above the screen (`isShifted`), or
 * below it, not when both happen at once: such a change is shown in steps, one side at a time, before anything is
 * painted.
 */

import { type Accessor, createComputed, createSignal, on, untrack } from 'solid-js';

export type SteadyRows = {
  readonly rows: Accessor<readonly string[]>;
  /** Whether the last step was above what is on the screen: then the list grew upwards. */
  readonly isShifted: Accessor<boolean>;
};

type Step = { readonly rows: readonly string[]; readonly isShifted: boolean };

export function createSteadyRows(parts: {
  readonly wanted: Accessor<readonly string[]>;
  /** The rows on the screen, in order; empty where the list follows its end. */
  readonly onScreen: () => readonly string[];
}): SteadyRows {
  const { wanted, onScreen } = parts;
  const [step, setStep] = createSignal<Step>({ rows: untrack(wanted), isShifted: false });
  let run = 0;

  function show(steps: readonly Step[]): void {
    const [next, ...later] = steps;
    if (!next) return;
    run += 1;
    const mine = run;
    setStep(next);
    if (later.length > 0) queueMicrotask(() => mine === run && show(later));
  }

  createComputed(
    on(wanted, (rows) => show(toSteps(untrack(step).rows, rows, untrack(onScreen))), {
      defer: true,
    }),
  );
  return { rows: () => step().rows, isShifted: () => step().isShifted };
}

function toSteps(
  before: readonly string[],
  next: readonly string[],
  screen: readonly string[],
): readonly Step[] {
  const whole: Step = { rows: next, isShifted: false };
  const anchor = findAnchor(before, next, screen);
  if (anchor === null) return [whole];
  const [head, tail] = cut(before, anchor);
  const [nextHead, nextTail] = cut(next, anchor);
  if (isSame(head, nextHead)) return [whole];
  if (isSame(tail, nextTail)) return [{ rows: next, isShifted: true }];
  // What moved up leaves below first, then everything above, then what is new below.
  const above = new Set(nextHead);
  const rest = tail.filter((row) => !above.has(row));
  return [
    ...(rest.length < tail.length ? [{ rows: [...head, ...rest], isShifted: false }] : []),
    { rows: [...nextHead, ...rest], isShifted: true },
    whole,
  ];
}

/** The row on the screen that keeps its place among the others there; of several the first. */
function findAnchor(
  before: readonly string[],
  next: readonly string[],
  screen: readonly string[],
): string | null {
  const places = screen
    .map((row) => ({ row, was: before.indexOf(row), is: next.indexOf(row) }))
    .filter(({ was, is }) => was >= 0 && is >= 0);
  let best: { row: string; kept: number } | null = null;
  for (const { row, was, is } of places) {
    const kept = places.filter((other) => other.was < was === other.is < is).length;
    if (!best || kept > best.kept) best = { row, kept };
  }
  return best?.row ?? null;
}

function cut(rows: readonly string[], at: string): readonly [readonly string[], readonly string[]] {
  const index = rows.indexOf(at);
  return [rows.slice(0, index), rows.slice(index)];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}
