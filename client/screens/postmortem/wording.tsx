/** How somebody put a statement: theirs to take back, anybody's to say that it still holds. */

import { For, Show } from 'solid-js';
import type { Rewrite } from '../../../shared/domain/rewrite.ts';
import { toClockOrDay } from '../../../shared/domain/time-words.ts';
import type { Statement } from '../../../shared/postmortem/statement.ts';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import './wording.css';

export function Wording(props: {
  rewrite: Rewrite;
  /** Null where the timeline no longer makes it. */
  statement: Statement | null;
  /** Its words stand in the field. */
  isEdited?: boolean;
  onTakeBack?: () => void;
}) {
  const { run } = useIncident();
  const isStale = () =>
    props.statement !== null && props.rewrite.sourcesHash !== props.statement.sourcesHash;

  function confirm(): void {
    if (!props.statement) return;
    const { sourcesHash } = props.statement;
    void run({ type: 'confirmRewrite', rewrite: props.rewrite.id, sourcesHash });
  }

  return (
    <div class="wording-card">
      <Show when={!props.isEdited}>
        <p>
          <bdi dir="auto">{props.rewrite.text}</bdi>
        </p>
      </Show>
      <Show when={isStale()}>
        <p class="stale">
          <Icon name="warning" size={14} />
          The timeline changed since this was written
        </p>
      </Show>
      <div class="wording-foot">
        <Author rewrite={props.rewrite} />
        <Show when={isStale()}>
          <button type="button" class="button small" onClick={confirm}>
            Still right
          </button>
        </Show>
        <Show when={props.onTakeBack}>
          {(takeBack) => (
            <button type="button" class="button small" onClick={() => takeBack()()}>
              Take back
            </button>
          )}
        </Show>
      </div>
    </div>
  );
}

export function TakenBack(props: { rewrites: readonly Rewrite[] }) {
  const { run } = useIncident();
  const taken = () =>
    props.rewrites.filter(({ isRetracted, text }) => isRetracted && text.trim() !== '');
  return (
    <Show when={taken().length > 0}>
      <div class="group">
        <p class="label">Taken back</p>
        <For each={taken()}>
          {(rewrite) => (
            <div class="wording-card">
              <p>
                <s>
                  <bdi dir="auto">{rewrite.text}</bdi>
                </s>
              </p>
              <div class="wording-foot">
                <Author rewrite={rewrite} />
                <button
                  type="button"
                  class="button small"
                  onClick={() => void run({ type: 'bringBackRewrite', rewrite: rewrite.id })}
                >
                  Bring back
                </button>
              </div>
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}

function Author(props: { rewrite: Rewrite }) {
  const { state, clock } = useApp();
  const { view, zone } = useIncident();
  return (
    <span class="note grow">
      <bdi>{nameOf(state, view, props.rewrite.by)}</bdi>,{' '}
      {toClockOrDay(props.rewrite.recorded, zone(), clock.now())}
    </span>
  );
}
