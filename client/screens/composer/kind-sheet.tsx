/** Every kind a person can choose, with what it asks. */

import { For } from 'solid-js';
import { type AnyKind, KIND_WORDS, KINDS, type Kind } from '../../../shared/domain/kind.ts';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { Sheet } from '../../parts/sheet.tsx';

const CHOOSABLE = KINDS.filter((kind) => kind !== 'system');

export function KindSheet(props: {
  kind: AnyKind;
  onChoose: (kind: Kind) => void;
  onClose: () => void;
}) {
  return (
    <Sheet label="Kind of line" onClose={props.onClose}>
      <ul class="kind-list">
        <For each={CHOOSABLE}>
          {(kind) => (
            <li>
              <button
                type="button"
                aria-pressed={props.kind === kind}
                onClick={() => props.onChoose(kind)}
              >
                <KindIcon kind={kind} size={20} />
                <b>{KIND_WORDS[kind].word}</b>
                <span class="note">
                  {kind === 'milestone'
                    ? 'Detected, mitigated, resolved?'
                    : KIND_WORDS[kind].prompt}
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Sheet>
  );
}
