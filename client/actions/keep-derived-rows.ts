/** Keeps the rows that make the next start fast: the home row and the first lines to paint. Both can be derived again. */

import type { IncidentDoc } from '../../shared/doc/incident-doc.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import type { IncidentId } from '../../shared/domain/id.ts';
import { toSummary } from '../../shared/domain/summary.ts';
import type { FirstPaint } from '../storage/first-paint.ts';
import type { Phone } from './phone.ts';

const KEEP_AFTER_MILLIS = 300;
const PAINTED_LINES = 60;

export function keepDerivedRows(
  phone: Phone,
  id: IncidentId,
  doc: IncidentDoc,
): { close(): Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function keep(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const summary = toSummary(id, doc.read, doc.size());
    if (!summary) return;
    try {
      await phone.log.keepSummary(summary);
      await phone.log.keepFirstPaint(toFirstPaint(id, doc));
    } catch (cause) {
      phone.report(cause);
    }
  }

  const stop = doc.read.subscribe(() => {
    timer ??= setTimeout(keep, KEEP_AFTER_MILLIS);
  });
  return {
    async close() {
      stop();
      if (timer) await keep();
    },
  };
}

function toFirstPaint(id: IncidentId, { read }: IncidentDoc): FirstPaint {
  const timeline = read.timeline();
  const end = timeline.slice(-PAINTED_LINES);
  const before = timeline.slice(0, -PAINTED_LINES).filter((entry) => entry.effect !== null);
  const entries: readonly Entry[] = [...before, ...end];
  const people = new Set(entries.map((entry) => entry.by));
  return {
    id,
    facts: read.facts(),
    entries,
    people: [...people].map((person) => [person, read.personName(person) ?? ''] as const),
  };
}
