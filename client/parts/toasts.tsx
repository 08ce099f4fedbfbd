/** What just happened, with a way back. Stays while a finger or the focus is on it. */

import { For, Show } from 'solid-js';
import './toasts.css';

export type Toast = {
  readonly key: number;
  readonly text: string;
  readonly action: { readonly word: string; readonly act: () => void } | null;
};

export function Toasts(props: {
  toasts: readonly Toast[];
  onHold: (key: number, isHeld: boolean) => void;
  onDone: (key: number) => void;
}) {
  let cameFrom: HTMLElement | null = null;

  return (
    <div class="toasts" role="status" aria-live="polite">
      <For each={props.toasts}>
        {(toast) => (
          <div
            class="toast"
            onPointerEnter={() => props.onHold(toast.key, true)}
            onPointerLeave={() => props.onHold(toast.key, false)}
            onFocusIn={(event) => {
              const { currentTarget, relatedTarget } = event;
              const isOutside =
                relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget);
              if (isOutside) cameFrom = relatedTarget;
              props.onHold(toast.key, true);
            }}
            onFocusOut={() => props.onHold(toast.key, false)}
          >
            <span>{toast.text}</span>
            <Show when={toast.action}>
              {(action) => (
                <button
                  type="button"
                  onClick={() => {
                    action().act();
                    props.onDone(toast.key);
                    // The button is gone with its toast.
                    if (document.activeElement === document.body) cameFrom?.focus();
                  }}
                >
                  {action().word}
                </button>
              )}
            </Show>
          </div>
        )}
      </For>
    </div>
  );
}
