/** A generated sentence: our words, what people wrote, and times on the reader's clock. */

import { For, Match, Show, Switch } from 'solid-js';
import type { Part } from '../../../shared/postmortem/statement.ts';
import { MarkedText } from '../../parts/marked-text.tsx';
import { useDraft } from './draft-context.ts';

export function Sentence(props: {
  parts: readonly Part[];
  /** Its first words are the gist. */
  hasLead?: boolean;
}) {
  const { timeWords } = useDraft();
  return (
    <For each={props.parts}>
      {(part, index) => (
        <Switch>
          <Match when={part.type === 'words' && part}>
            {(own) => (
              <Show when={props.hasLead && index() === 0} fallback={own().words}>
                <b>{own().words}</b>
              </Show>
            )}
          </Match>
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
