/** What was taken out and what was put in. Read aloud, both are named. */

import { createMemo, For, Match, Switch } from 'solid-js';
import { diffWords } from '../../../shared/domain/word-diff.ts';

export function Diff(props: { before: string; after: string }) {
  const parts = createMemo(() => diffWords(props.before, props.after));
  return (
    <p class="version-words">
      <For each={parts()}>
        {(part) => (
          <Switch fallback={part.text}>
            <Match when={part.type === 'removed'}>
              <del>{part.text}</del>
            </Match>
            <Match when={part.type === 'added'}>
              <ins>{part.text}</ins>
            </Match>
          </Switch>
        )}
      </For>
    </p>
  );
}
