/** Versions, the newest first: who, when, what was there and what came, and going back to what was there. */

import { createResource, For, type JSX, Show } from 'solid-js';
import { toClockOrDay } from '../../../shared/domain/time-words.ts';
import type { Version } from '../../../shared/domain/version.ts';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import './versions.css';

export function VersionList<T>(props: {
  /** Null: the server cannot be asked. */
  read: () => Promise<readonly Version<T>[] | null>;
  show: (version: Version<T>) => JSX.Element;
  isCurrent: (value: T) => boolean;
  onGoBack: (value: T) => void;
}) {
  const { state, clock } = useApp();
  const { view, zone } = useIncident();
  const [versions] = createResource(() => props.read());
  const who = (person: string): string =>
    person === '' ? 'Somebody' : nameOf(state, view, person);

  return (
    <Show
      when={versions.state === 'ready'}
      fallback={
        <p class="note" role="status">
          {versions.state === 'errored'
            ? 'The server’s log could not be read, so there are no versions to show. What stands in the incident is unharmed.'
            : 'Reading the server’s log…'}
        </p>
      }
    >
      <Show
        when={versions()}
        fallback={
          <p class="note" role="status">
            Versions come from the server’s log, and the server cannot be reached now.
          </p>
        }
      >
        {(all) => (
          <Show
            when={all().length > 0}
            fallback={<p class="note">Nothing of it has reached the server yet.</p>}
          >
            <ol class="versions">
              <For each={all().toReversed()}>
                {(version) => (
                  <li class="version">
                    <p class="version-head">
                      <b>
                        <bdi>{who(version.person)}</bdi>
                      </b>
                      <time class="mono">{toClockOrDay(version.at, zone(), clock.now())}</time>
                    </p>
                    {props.show(version)}
                    <Show
                      when={!props.isCurrent(version.after)}
                      fallback={<p class="note">This is how it is now.</p>}
                    >
                      <button
                        type="button"
                        class="button"
                        onClick={() => props.onGoBack(version.after)}
                      >
                        Go back to this
                      </button>
                    </Show>
                  </li>
                )}
              </For>
            </ol>
          </Show>
        )}
      </Show>
    </Show>
  );
}
