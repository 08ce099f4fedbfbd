/**
 * A sheet from the bottom edge, on a wide screen a panel in the middle: the browser's own modal dialog, so focus is
 * held and given back, Escape closes, and what is behind is out of reach.
 */

import { type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Icon } from './icon.tsx';
import './sheet.css';

export function Sheet(props: {
  label: string;
  onClose: () => void;
  /** Instead of the label as a heading. */
  heading?: JSX.Element;
  children: JSX.Element;
  footer?: JSX.Element;
}) {
  let dialog: HTMLDialogElement | undefined;
  let isClosing = false;
  onMount(() => dialog?.showModal());
  onCleanup(() => {
    isClosing = true;
    dialog?.close();
  });

  /** Once only: closing goes back in the history, and twice would leave the screen. */
  function close(): void {
    if (isClosing) return;
    isClosing = true;
    props.onClose();
  }

  return (
    <dialog
      ref={(element) => {
        dialog = element;
      }}
      class="sheet"
      aria-label={props.label}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div class="sheet-body">
        <div class="sheet-grip" aria-hidden="true" />
        <header class="sheet-head">
          <Show when={props.heading} fallback={<h2>{props.label}</h2>}>
            {props.heading}
          </Show>
          <button type="button" class="icon-button" aria-label="Close" onClick={close}>
            <Icon name="close" size={24} />
          </button>
        </header>
        <div class="sheet-content">{props.children}</div>
        <Show when={props.footer}>
          <footer class="sheet-foot">{props.footer}</footer>
        </Show>
      </div>
    </dialog>
  );
}
