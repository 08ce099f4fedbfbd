/** A strip under the header: what is the matter, in a sentence, and at most one way on. */

import { Show } from 'solid-js';
import { Icon, type IconName } from './icon.tsx';
import './notice.css';

export function Notice(props: {
  icon: IconName;
  title: string;
  text: string;
  isLoud?: boolean;
  action?: { readonly word: string; readonly act: () => void };
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
      <Show when={props.action}>
        {(action) => (
          <button type="button" class="button small" onClick={() => action().act()}>
            {action().word}
          </button>
        )}
      </Show>
    </div>
  );
}
