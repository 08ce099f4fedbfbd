/** Which test file starts when: the long ones first, so that none of them is still running when all others are done. */

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What only computes, what waits for a disk, what only waits, what drives a browser, and the rest. */
const TURNS: readonly RegExp[] = [/simulation\/.*half/, /durability\/kill/, /e2e\/crowd/, /e2e\//];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || turnOf(a) - turnOf(b));
  }
}

function groupOf({ project }: TestSpecification): number {
  return project.config.sequence.groupOrder;
}

function turnOf({ moduleId }: TestSpecification): number {
  const turn = TURNS.findIndex((files) => files.test(moduleId));
  return turn < 0 ? TURNS.length : turn;
}
