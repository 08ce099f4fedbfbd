/** The words of a line, editable where they stand. Several people may type at once. */

import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import { MAX_TEXT_BYTES, toUtf8Length } from '../../../shared/domain/entry-text.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import type { TextBinding, TextField } from '../../../shared/domain/text-field.ts';
import { useIncident } from '../timeline/incident-context.ts';

export function EntryBody(props: { entry: Entry }) {
  const { incident } = useIncident();
  const [bytes, setBytes] = createSignal(0);
  const isTooLong = () => bytes() > MAX_TEXT_BYTES;
  let area: HTMLTextAreaElement | undefined;
  let binding: TextBinding | null = null;

  function growToText(): void {
    if (!area) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight}px`;
    setBytes(area.value.length * 3 <= MAX_TEXT_BYTES ? 0 : toUtf8Length(area.value));
  }

  createEffect(() => {
    const open = incident();
    const element = area;
    if (!open || !element) return;
    binding = open.editText(props.entry.id, toTextField(element, growToText));
    growToText();
    onCleanup(() => {
      binding?.stop();
      binding = null;
    });
  });

  return (
    <>
      <textarea
        ref={(element) => {
          area = element;
        }}
        class="entry-text"
        rows="1"
        dir="auto"
        aria-label="Text of the line"
        placeholder="Add a word"
        value={props.entry.text}
        readOnly={!incident()}
        onInput={() => {
          binding?.onInput();
          growToText();
        }}
        onPaste={(event) => {
          const pasted = toUtf8Length(event.clipboardData?.getData('text/plain') ?? '');
          setBytes(pasted);
          if (isTooLong()) event.preventDefault();
        }}
        onCompositionStart={() => binding?.onCompositionStart()}
        onCompositionEnd={() => binding?.onCompositionEnd()}
      />
      <Show when={isTooLong()}>
        <p class="note entry-problem" role="alert">
          {toSentence({ reason: 'textTooLong', bytes: bytes() })}
        </p>
      </Show>
    </>
  );
}

function toTextField(area: HTMLTextAreaElement, onWritten: () => void): TextField {
  return {
    read: () => ({
      value: area.value,
      selection: { start: area.selectionStart, end: area.selectionEnd },
    }),
    write(value, selection) {
      if (area.value === value) return;
      area.value = value;
      if (document.activeElement === area) area.setSelectionRange(selection.start, selection.end);
      onWritten();
    },
  };
}
