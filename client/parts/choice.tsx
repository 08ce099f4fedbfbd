/** One of a few, side by side: native radio buttons, so arrow keys and screen readers need nothing of ours. */

import { createUniqueId, For } from 'solid-js';
import './choice.css';

export function Choice<T extends string>(props: {
  label: string;
  options: readonly { readonly value: T; readonly word: string }[];
  value: T;
  onChoose: (value: T) => void;
}) {
  const name = createUniqueId();
  return (
    <fieldset class="choice">
      <legend class="visually-hidden">{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label>
            <input
              type="radio"
              class="visually-hidden"
              name={name}
              checked={props.value === option.value}
              onChange={() => props.onChoose(option.value)}
            />
            <span>{option.word}</span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
