/** A generated sentence: our words, what people wrote, and times on the reader's clock. */

import { For, Match, Switch } from 'solid-js';
import type { Part } from '../../../shared/postmortem/statement.ts';
import { MarkedText } from '../../parts/marked-text.tsx';
import { useDraft } from './draft-context.ts';

export function Sentence(props: { parts: readonly Part[] }) {
  const { timeWords } = useDraft();
  return (
    <For each={props.parts}>
      {(part) => (
        <Switch>
          <Match when={part.type === 'words' && part}>{(own) => own().words}</Match>
          <Match when={part.type === 'quote' && part}>
            {(said) => <MarkedText text={said().text} withoutLinks />}
          </Match>
          <Match when={part.type === 'time' && part}>
            {(time) => <time>{timeWords(time().occurred)}</time>}
          </Match>
        </Switch>
      )}
    </For>
  );
}
