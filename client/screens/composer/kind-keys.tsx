/**
 * The kinds under the thumb: seven that are common, and the rest behind More. Choosing changes tint, never width.
 * Buttons with the role of radios, because a native radio would take the focus, and with it the phone's keyboard.
 */

import { createSignal, For, Show } from 'solid-js';
import { COMMON_KINDS, KIND_WORDS, type Kind } from '../../../shared/domain/kind.ts';
import { Icon } from '../../parts/icon.tsx';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { KindSheet } from '../shell/lazy-sheets.ts';

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

export function KindKeys(props: { kind: Kind; onChoose: (kind: Kind) => void }) {
  const [isMoreOpen, setIsMoreOpen] = createSignal(false);
  const common: readonly Kind[] = COMMON_KINDS;
  const place = () => common.indexOf(props.kind);
  const isRare = () => place() < 0;
  let keys: HTMLDivElement | undefined;

  /** Arrow keys move the choice, as in any radio group. */
  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = COMMON_KINDS.at((place() + step) % COMMON_KINDS.length);
    if (!next) return;
    props.onChoose(next);
    keys?.querySelector<HTMLElement>(`[data-kind="${next}"]`)?.focus();
  }

  return (
    <div class="keys">
      <div
        class="keys-common"
        role="radiogroup"
        aria-label="Kind of line"
        ref={(element) => {
          keys = element;
        }}
        onKeyDown={onKeyDown}
      >
        <For each={COMMON_KINDS}>
          {(kind) => (
            <button
              type="button"
              class="key"
              role="radio"
              aria-checked={props.kind === kind}
              aria-label={KIND_WORDS[kind].word}
              tabindex={props.kind === kind || (isRare() && kind === 'observation') ? 0 : -1}
              data-kind={kind}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => props.onChoose(kind)}
            >
              <KindIcon kind={kind} size={20} />
              <span class="key-full">{KIND_WORDS[kind].key}</span>
              <span class="key-short">{KIND_WORDS[kind].shortKey}</span>
            </button>
          )}
        </For>
      </div>
      <button
        type="button"
        class="key key-more"
        classList={{ chosen: isRare() }}
        data-kind={isRare() ? props.kind : undefined}
        aria-label={isRare() ? `${KIND_WORDS[props.kind].word} chosen. More kinds` : 'More kinds'}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => setIsMoreOpen(true)}
      >
        <Show when={isRare()} fallback={<Icon name="more" size={20} />}>
          <KindIcon kind={props.kind} size={20} />
        </Show>
        <span>{isRare() ? KIND_WORDS[props.kind].shortKey : 'More'}</span>
      </button>
      <Show when={isMoreOpen()}>
        <KindSheet
          kind={props.kind}
          onChoose={(kind) => {
            setIsMoreOpen(false);
            props.onChoose(kind);
          }}
          onClose={() => setIsMoreOpen(false)}
        />
      </Show>
    </div>
  );
}
