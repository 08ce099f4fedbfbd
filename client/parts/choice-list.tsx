/** One of many, one below the other: a mark, a word, what it means. Choosing is the whole point, so a tap chooses. */

import { For, type JSX, Show } from 'solid-js';
import './choice-list.css';

export function ChoiceList<T>(props: {
  options: readonly T[];
  chosen: T | null;
  mark: (option: T) => JSX.Element;
  word: (option: T) => string;
  meaning: (option: T) => string;
  note?: string;
  onChoose: (option: T) => void;
}) {
  return (
    <>
      <ul class="choice-list">
        <For each={props.options}>
          {(option) => (
            <li>
              <button
                type="button"
                aria-pressed={props.chosen === option}
                onClick={() => props.onChoose(option)}
              >
                <span class="choice-mark">{props.mark(option)}</span>
                <b>{props.word(option)}</b>
                <span class="note">{props.meaning(option)}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.note}>
        <p class="note choice-note">{props.note}</p>
      </Show>
    </>
  );
}
