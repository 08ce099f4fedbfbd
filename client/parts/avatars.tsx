/** A few people side by side, and how many more there are. */

import { For, Show } from 'solid-js';
import { Avatar } from './avatar.tsx';

const SHOWN = 3;

export type Face = { readonly name: string; readonly isLead?: boolean; readonly isAway?: boolean };

export function Avatars(props: { people: readonly Face[]; small?: boolean }) {
  return (
    <span class="avatars">
      <For each={props.people.slice(0, SHOWN)}>
        {(face) => (
          <Avatar
            name={face.name}
            lead={face.isLead ?? false}
            away={face.isAway ?? false}
            small={props.small ?? false}
          />
        )}
      </For>
      <Show when={props.people.length > SHOWN}>
        <span class="more">+{props.people.length - SHOWN}</span>
      </Show>
    </span>
  );
}
