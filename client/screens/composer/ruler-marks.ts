/** The lines near a time, as the ruler draws them. */

import type { Instant } from '../../../shared/domain/time.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import type { IncidentView } from '../../state/incident-view.ts';
import type { RulerMark } from '../time/ruler.tsx';

const NEAR = 15 * MINUTE;

/** Looks from the end, because times are mostly set near now. */
export function toRulerMarks(view: IncidentView, at: Instant): readonly RulerMark[] {
  const marks: RulerMark[] = [];
  for (const id of view.ids().toReversed()) {
    const entry = view.entry(id);
    if (!entry || entry.sortAt > at + NEAR) continue;
    if (entry.sortAt < at - NEAR) break;
    if (entry.kind === 'system' || entry.retracted) continue;
    const shape = entry.effect?.type === 'milestone' ? 'diamond' : 'round';
    marks.push({ at: entry.occurred.at, kind: entry.kind, shape });
  }
  return marks;
}
