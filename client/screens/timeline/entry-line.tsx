/** An ordinary line: what kind, who, the words, and where they are. */

import { Show } from 'solid-js';
import { CLAIM_WORDS } from '../../../shared/domain/claim.ts';
import { type Entry, isHypothesis } from '../../../shared/domain/entry.ts';
import { defaultClaim, toKindWord } from '../../../shared/domain/kind.ts';
import { OUTCOME_WORDS } from '../../../shared/domain/outcome.ts';
import { HOUR } from '../../../shared/domain/time.ts';
import { toClockOrDay } from '../../../shared/domain/time-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { MarkedText } from '../../parts/marked-text.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import { ClockMark } from './clock-mark.tsx';
import { DeliveryMark, WaitingNote } from './delivery-mark.tsx';
import { LineFrame } from './line-frame.tsx';

/** A line written this long after it happened says when it was added. */
const LATE_AFTER = HOUR / 4;

export function EntryLine(props: { entry: Entry; isHurting: boolean }) {
  const { state } = useApp();
  const { view, zone } = useIncident();
  const isQueued = () => ['memory', 'phone'].includes(view.place(props.entry.id));
  const isMachine = () => props.entry.occurred.basis === 'source';
  const added = () => {
    const { occurred } = props.entry;
    const recorded = props.entry.recorded + (props.entry.clock?.offset ?? 0);
    return recorded - occurred.at > LATE_AFTER && toClockOrDay(recorded, zone(), occurred.at);
  };
  const claim = () => {
    const { kind, claim: meant } = props.entry;
    if (kind === 'unknown' || meant === defaultClaim(kind)) return null;
    return CLAIM_WORDS[meant];
  };

  return (
    <LineFrame
      entry={props.entry}
      class="entry"
      classList={{ hurt: props.isHurting, machine: isMachine() }}
      withOffset
      node={
        <span class="node" classList={{ machine: isMachine(), queued: isQueued() }}>
          <KindIcon kind={props.entry.kind} />
        </span>
      }
    >
      <p class="line-meta" data-kind={props.entry.kind} aria-hidden="true">
        <span class="kind">
          {props.entry.kind === 'unknown' ? props.entry.kindName : toKindWord(props.entry.kind)}
        </span>
        <bdi class="ellipsis">{nameOf(state, view, props.entry.by)}</bdi>
        <Show when={added()}>{(when) => <span class="offset">added {when()}</span>}</Show>
        <ClockMark entry={props.entry} />
        <Show when={props.entry.occurred.until}>
          {(until) => (
            <span class="offset">until {toClockOrDay(until(), zone(), props.entry.sortAt)}</span>
          )}
        </Show>
        <Show when={props.entry.wordEdits.length > 0}>
          <span class="offset">edited</span>
        </Show>
        <Show when={claim()}>{(word) => <span class="claim">{word()}</span>}</Show>
        <Show when={isHypothesis(props.entry) && props.entry.outcome !== 'proposed'}>
          <span class="claim">{OUTCOME_WORDS[props.entry.outcome]}</span>
        </Show>
        <Show when={props.entry.contests.length > 0}>
          <span class="claim">changed by two people</span>
        </Show>
        <span class="line-end">
          <Show when={props.entry.starred}>
            <span class="starred">
              <Icon name="star" size={14} />
            </span>
          </Show>
          <DeliveryMark entry={props.entry} />
        </span>
      </p>
      <p class="line-text">
        <MarkedText text={props.entry.text} />
      </p>
      <WaitingNote entry={props.entry} />
    </LineFrame>
  );
}
