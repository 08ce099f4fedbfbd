/** Text with its marks. Every character is a text node; right-to-left text turns itself and nothing around it. */

import { For, Match, Switch } from 'solid-js';
import { toSpans } from '../../shared/domain/markup.ts';

export function MarkedText(props: {
  text: string;
  /** Inside a button there can be none. */
  withoutLinks?: boolean;
}) {
  return (
    <bdi dir="auto">
      <For each={toSpans(props.text)}>
        {(span) => (
          <Switch fallback={span.text}>
            <Match when={span.type === 'code'}>
              <code>{span.text}</code>
            </Match>
            <Match when={span.type === 'bold'}>
              <b>{span.text}</b>
            </Match>
            <Match when={span.type === 'link' && !props.withoutLinks && span}>
              {(link) => (
                <a href={link().href} target="_blank" rel="noopener noreferrer">
                  {link().text}
                </a>
              )}
            </Match>
          </Switch>
        )}
      </For>
    </bdi>
  );
}
