/** A strip under the header: what is the matter, in a sentence, and the ways on. */

import { Show } from 'solid-js';
import { Icon, type IconName } from './icon.tsx';
import './notice.css';

type Way = { readonly word: string; readonly act: () => void };

export function Notice(props: {
  icon: IconName;
  title: string;
  text: string;
  isLoud?: boolean;
  action?: Way;
  another?: Way | undefined;
}) {
  return (
    <div
      class="notice"
      classList={{ loud: props.isLoud ?? false }}
      role={props.isLoud ? 'alert' : 'status'}
    >
      <Icon name={props.icon} />
      <div class="grow">
        <p>{props.title}</p>
        <span>{props.text}</span>
      </div>
      <Show when={props.action}>{(way) => <WayOn way={way()} />}</Show>
      <Show when={props.another}>{(way) => <WayOn way={way()} />}</Show>
    </div>
  );
}

function WayOn(props: { way: Way }) {
  return (
    <button type="button" class="button small" onClick={() => props.way.act()}>
      {props.way.word}
    </button>
  );
}
