/** A line the log wrote by itself: who changed what. */

import type { Entry } from '../../../shared/domain/entry.ts';
import { ROLE_WORDS } from '../../../shared/domain/role.ts';
import { SEVERITY_WORDS } from '../../../shared/domain/severity.ts';
import { STATUS_WORDS } from '../../../shared/domain/status.ts';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import { ClockMark } from './clock-mark.tsx';
import { DeliveryMark } from './delivery-mark.tsx';
import { LineFrame } from './line-frame.tsx';
import './system-line.css';

export function SystemLine(props: { entry: Entry; isContinued: boolean; isHurting: boolean }) {
  const { state } = useApp();
  const { view } = useIncident();
  const name = (person: string) => nameOf(state, view, person);
  const who = () => name(props.entry.by);
  /** The sentence, its first word apart because it is set bold. */
  const words = (): readonly [string, string] => {
    const { effect, text } = props.entry;
    switch (effect?.type) {
      case 'severity':
        return [who(), `set it to ${SEVERITY_WORDS[effect.severity].word}.`];
      case 'status':
        return [who(), `went back to ${STATUS_WORDS[effect.status].word.toLowerCase()}.`];
      case 'milestone':
        return [who(), 'declared it.'];
      case 'role': {
        const { word, takes, youTake } = ROLE_WORDS[effect.role];
        if (effect.person === null) return [word, 'is nobody now.'];
        return [name(effect.person), `${state.isMe(effect.person) ? youTake : takes}.`];
      }
      case 'service':
        return [effect.service, `is ${effect.state}.`];
      default:
        return [who(), text];
    }
  };

  return (
    <LineFrame
      entry={props.entry}
      class="system"
      classList={{ hurt: props.isHurting }}
      withOffset={false}
      hideTime={props.isContinued}
      spoken={words().join(' ')}
      node={<span class="dot" />}
    >
      <p aria-hidden="true">
        <b>
          <bdi>{words()[0]}</bdi>
        </b>{' '}
        {words()[1]} <ClockMark entry={props.entry} />
        <DeliveryMark entry={props.entry} />
      </p>
    </LineFrame>
  );
}
