/**
 * Where my line is. One tick: saved on this phone. Two: on the server's disk; with a number: that many others have seen
 * it. Other people's lines carry none.
 */

import { Match, Show, Switch } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';

export function DeliveryMark(props: { entry: Entry }) {
  const { state } = useApp();
  const { view } = useIncident();
  const place = () => view.place(props.entry.id);
  const seenBy = () => view.seenBy(props.entry.id);
  return (
    <Show when={state.isMe(props.entry.by) || place() !== 'server'}>
      <span class="delivery" data-place={place()}>
        <Switch>
          <Match when={place() === 'server'}>
            <Icon name="stored" size={14} />
            <Show when={seenBy() > 0}>
              <span class="seen-by mono">{seenBy()}</span>
            </Show>
          </Match>
          <Match when={place() === 'phone'}>
            <Icon name="saved" size={14} />
          </Match>
        </Switch>
      </span>
    </Show>
  );
}

/** In words, for a line that is not on the server yet, unless it stands below the words that say so for many. */
export function WaitingNote(props: { entry: Entry }) {
  const { view, waitingTail } = useIncident();
  const place = () => view.place(props.entry.id);
  return (
    <Switch>
      <Match when={place() === 'phone' && !waitingTail().includes(props.entry.id)}>
        <p class="line-waiting" aria-hidden="true">
          <Icon name="phone" size={14} />
          {view.connection().type === 'ended'
            ? 'On this phone. Not being sent.'
            : 'On this phone. Sends itself.'}
        </p>
      </Match>
      <Match when={place() === 'memory' && view.trouble()}>
        <p class="line-waiting unsaved" aria-hidden="true">
          <Icon name="warning" size={14} />
          Not saved. Keep this page open.
        </p>
      </Match>
    </Switch>
  );
}
