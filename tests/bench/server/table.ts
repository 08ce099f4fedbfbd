/** The figures side by side: a row for each measure, a column for each server, medians over the rounds. */

import { median } from '../figures.ts';
import type { Measure } from './workload.ts';

export type Result = {
  readonly workload: string;
  readonly label: string;
  readonly peer: string;
  readonly measure: string;
  readonly unit: string;
  /** One for each round; null where the server cannot do it. */
  readonly values: (number | null)[];
};

export type Results = {
  readonly all: readonly Result[];
  add(workload: { name: string; label: string }, peer: string, measures: readonly Measure[]): void;
};

export function createResults(): Results {
  const all: Result[] = [];
  return {
    all,
    add({ name: workload, label }, peer, measures) {
      for (const { name: measure, unit, value } of measures) {
        const known = all.find(
          (row) => row.workload === workload && row.peer === peer && row.measure === measure,
        );
        if (known) known.values.push(value);
        else all.push({ workload, label, peer, measure, unit, values: [value] });
      }
    },
  };
}

/** As Markdown, so that it reads the same on a screen and in a document. */
export function toTable(results: readonly Result[], columns: ReadonlyMap<string, string>): string {
  const lines: string[] = [];
  for (const workload of new Set(results.map((row) => row.workload))) {
    const rows = results.filter((row) => row.workload === workload);
    const measures = new Set(rows.map((row) => row.measure));
    const body = [...measures].map((measure) => {
      const unit = rows.find((row) => row.measure === measure)?.unit ?? '';
      const cells = [...columns.keys()].map((peer) =>
        toCell(rows.find((row) => row.measure === measure && row.peer === peer)),
      );
      return [unit ? `${measure}, ${unit}` : measure, ...cells];
    });
    const head = [rows[0]?.label ?? workload, ...columns.values()];
    lines.push(...alignRows([head, ...body]), '');
  }
  return lines.join('\n');
}

function toCell(row: Result | undefined): string {
  const values = row?.values.filter((value) => value !== null) ?? [];
  return values.length === 0 ? '—' : round(median(values));
}

function alignRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const toLine = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${column === 0 ? '-' : ':'}`).join('|')}|`;
  return rows.flatMap((row, index) => (index === 0 ? [toLine(row), rule] : [toLine(row)]));
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function round(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
