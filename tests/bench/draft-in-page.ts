/** Runs in the page: what drafting costs there. */

import { createIncidentDoc } from '../../shared/doc/incident-doc.ts';
import { openEntryText } from '../../shared/doc/shared-text.ts';
import { toMarkdown } from '../../shared/export/markdown.ts';
import { createDrafter, type DraftSource } from '../../shared/postmortem/draft.ts';

export type DraftTimes = {
  /** Milliseconds, each from a document read for the first time. */
  readonly whole: readonly number[];
  /** Milliseconds, each after one line changed. */
  readonly again: readonly number[];
  readonly markdown: readonly number[];
  /** Statements that are other objects after one line changed. */
  readonly redrawn: number;
};

export function measureDraft(base64: string, rounds: number): DraftTimes {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const whole: number[] = [];
  const again: number[] = [];
  const markdown: number[] = [];
  let redrawn = 0;
  for (let round = 0; round < rounds; round++) {
    const doc = createIncidentDoc();
    doc.apply(bytes, 'storage');
    const { read } = doc;
    const personName = (person: string) => read.personName(person) ?? '';
    const source = (): DraftSource => ({
      id: 'bench',
      number: 1,
      title: 'Bench',
      facts: read.facts(),
      state: read.state(),
      timeline: read.timeline(),
      personName,
    });
    const makeDraft = createDrafter();
    const start = performance.now();
    const first = makeDraft(source());
    whole.push(performance.now() - start);
    const line = read.timeline().find(({ kind }) => kind === 'impact')?.id ?? '';
    openEntryText(doc, line)?.write([{ at: 0, removed: 0, inserted: 'x' }]);
    const changed = performance.now();
    const second = makeDraft(source());
    again.push(performance.now() - changed);
    const before = new Set(Object.values(first.statements).flat());
    redrawn = Object.values(second.statements)
      .flat()
      .filter((statement) => !before.has(statement)).length;
    const exported = performance.now();
    toMarkdown({ draft: second, prose: read.prose(), zone: 'Europe/Berlin', personName });
    markdown.push(performance.now() - exported);
    doc.destroy();
  }
  return { whole, again, markdown, redrawn };
}
