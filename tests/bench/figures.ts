/** Figures beside their targets. */

export type Figure = {
  readonly name: string;
  readonly unit: string;
  /** The most it may be; null where it is only told. */
  readonly target: number | null;
} & ({ readonly value: number } | { readonly values: readonly number[] });

/** @returns whether every figure meets its target; of several values the median counts */
export function print(figures: readonly Figure[]): boolean {
  let isGood = true;
  for (const figure of figures) {
    const value = 'value' in figure ? figure.value : median(figure.values);
    const spread = 'values' in figure ? `  (95 %: ${round(percentile(figure.values, 0.95))})` : '';
    const isMet = figure.target === null || value <= figure.target;
    isGood &&= isMet;
    const verdict = figure.target === null ? '    ' : isMet ? 'pass' : 'FAIL';
    const target = figure.target === null ? '' : `≤ ${figure.target}`;
    console.info(
      `${verdict}  ${figure.name.padEnd(42)} ${round(value).padStart(8)} ${figure.unit.padEnd(6)} ${target}${spread}`,
    );
  }
  return isGood;
}

/** CPU time of this process for `act`, the median of eleven runs after three to warm up. */
export function measureNode(
  name: string,
  unit: string,
  target: number | null,
  act: () => void,
): Figure {
  const values: number[] = [];
  for (let run = -3; run < 11; run++) {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    if (run >= 0) values.push((user + system) / 1000);
  }
  return { name, unit, target, values };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value < 10 ? 2 : 1);
}
