/** A milestone: a diamond across the whole width, where the rail turns thick or thin. */

import { Show } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import { toMilestone } from '../../../shared/domain/entry.ts';
import { isHurting } from '../../../shared/domain/incident.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { toLengthWords } from '../../../shared/domain/time-words.ts';
import { MarkedText } from '../../parts/marked-text.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import { ClockMark } from './clock-mark.tsx';
import { DeliveryMark, WaitingNote } from './delivery-mark.tsx';
import { LineFrame } from './line-frame.tsx';
import './milestone-line.css';

const AFTER_WORDS = {
  impactStarted: 'after impact started',
  detected: 'after detection',
  declared: 'after it was declared',
};

export function MilestoneLine(props: { entry: Entry }) {
  const { state } = useApp();
  const { view } = useIncident();
  const at = () => props.entry.sortAt;
  const isHurtBefore = () => isHurting(view.state(), at() - 1);
  const isHurtAfter = () => isHurting(view.state(), at());
  const word = () => {
    const milestone = toMilestone(props.entry);
    return milestone ? MILESTONE_WORDS[milestone] : '';
  };
  const after = () => {
    const start = view.state().clockStart;
    const length = start ? props.entry.occurred.at - start.at : 0;
    if (!start || length < MINUTE || props.entry.occurred.precision === 'day') return null;
    return `${toLengthWords(length)} ${AFTER_WORDS[start.from]}`;
  };

  return (
    <LineFrame
      entry={props.entry}
      class="milestone"
      classList={{
        hurt: isHurtBefore() && isHurtAfter(),
        turn: isHurtBefore() && !isHurtAfter(),
        start: !isHurtBefore() && isHurtAfter(),
      }}
      withOffset
      node={<span class="node" classList={{ queued: view.place(props.entry.id) !== 'server' }} />}
    >
      <p class="milestone-word" aria-hidden="true">
        {word()}
        <span>{after() ?? `by ${nameOf(state, view, props.entry.by)}`}</span>
        <ClockMark entry={props.entry} />
        <span class="line-end">
          <DeliveryMark entry={props.entry} />
        </span>
      </p>
      <Show when={props.entry.text}>
        <p class="line-text">
          <MarkedText text={props.entry.text} />
        </p>
      </Show>
      <WaitingNote entry={props.entry} />
    </LineFrame>
  );
}
