/** The field and the button that sends it. */

import { createEffect, on } from 'solid-js';
import { KIND_WORDS } from '../../../shared/domain/kind.ts';
import { Icon } from '../../parts/icon.tsx';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { useApp } from '../shell/app-context.ts';
import { passFocus } from '../shell/pass-focus.ts';
import type { DraftState } from './draft-state.ts';
import { isTooLong } from './too-long.tsx';

const MAX_HEIGHT_PIXELS = 136;

export function ComposerField(props: {
  draft: DraftState;
  ref: (field: HTMLTextAreaElement) => void;
  onLog: () => void;
}) {
  const { clock } = useApp();
  let field: HTMLTextAreaElement | undefined;
  const prompt = () => KIND_WORDS[props.draft.kind()].prompt;

  /** As tall as the text, up to five rows; `field-sizing` alone is too new for some phones. */
  createEffect(
    on(
      () => props.draft.text(),
      () => {
        if (!field) return;
        field.style.blockSize = 'auto';
        field.style.blockSize = `${Math.min(field.scrollHeight, MAX_HEIGHT_PIXELS)}px`;
      },
    ),
  );

  /** Megabytes are taken over as a draft without ever being laid out in the field. */
  function onPaste(event: ClipboardEvent & { currentTarget: HTMLTextAreaElement }): void {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (!isTooLong(pasted)) return;
    event.preventDefault();
    const { form, value, selectionStart, selectionEnd } = event.currentTarget;
    const text = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd);
    props.draft.setText(text, clock.now());
    passFocus(form?.querySelector<HTMLElement>('.too-long button'));
  }

  return (
    <>
      <label class="composer-field" data-kind={props.draft.kind()}>
        <KindIcon kind={props.draft.kind()} size={20} />
        <textarea
          ref={(element) => {
            field = element;
            props.ref(element);
          }}
          rows="1"
          aria-label={prompt()}
          placeholder={prompt()}
          autocapitalize="sentences"
          dir="auto"
          value={props.draft.text()}
          onPaste={onPaste}
          onInput={(event) => props.draft.setText(event.currentTarget.value, clock.now())}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              props.onLog();
            }
          }}
        />
      </label>
      <button
        type="submit"
        class="icon-button composer-send"
        classList={{ go: props.draft.text().trim() !== '' }}
        aria-label="Log it"
        // Keeps the keyboard open: the field must not lose the focus to this button.
        onPointerDown={(event) => event.preventDefault()}
      >
        <Icon name="send" size={24} />
      </button>
    </>
  );
}
