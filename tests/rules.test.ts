import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TESTS = import.meta.dirname;

test('[D1] every rule has a test that carries its id, and every id in a test is a rule', () => {
  const rules = [...read('RULES.md').matchAll(/^- ([A-Z]{1,2}\d+[a-z]?) /gm)].map(
    (match) => match[1],
  );
  const tested = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$|-contract\.ts$/.test(file))
    .flatMap((file) =>
      [...read(file).matchAll(/\[([A-Z]{1,2}\d+[a-z]?)\] /g)].map((match) => match[1]),
    );
  expect(new Set(rules).size).toBe(rules.length);
  expect(rules.filter((id) => !tested.includes(id))).toEqual([]);
  expect(tested.filter((id) => !rules.includes(id))).toEqual([]);
});

function read(file: string): string {
  return readFileSync(join(TESTS, file), 'utf8');
}
