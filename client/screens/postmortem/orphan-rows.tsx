/** What people wrote about lines that have changed so much that nothing is generated from them any more. */

import { For, Show } from 'solid-js';
import type { ProseSection } from '../../../shared/domain/section.ts';
import { findOrphans } from '../../../shared/postmortem/orphans.ts';
import { Icon } from '../../parts/icon.tsx';
import { useDraft } from './draft-context.ts';

export function OrphanRows(props: { section: ProseSection }) {
  const { open, openStatement } = useDraft();
  const orphans = () => findOrphans(open.draft(), open.prose(), props.section);
  return (
    <Show when={orphans().length > 0}>
      <ul class="statements">
        <For each={orphans()}>
          {(rewrite) => (
            <li class="statement">
              <button
                type="button"
                class="statement-words"
                aria-haspopup="dialog"
                onClick={() => openStatement(rewrite.statement)}
              >
                <bdi dir="auto">{rewrite.text}</bdi>
              </button>
              <p class="stale">
                <Icon name="warning" size={14} />
                The lines this was about have changed
              </p>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
