/** The words of a line, editable where they stand. Several people may type at once. */

import { createEffect, createSignal, on, onCleanup, Show, untrack } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import { MAX_TEXT_BYTES, toUtf8Length } from '../../../shared/domain/entry-text.ts';
import { type Refusal, toSentence } from '../../../shared/domain/refusal.ts';
import type { TextBinding, TextField } from '../../../shared/domain/text-field.ts';
import { useIncident } from '../incident/incident-context.ts';

export function EntryBody(props: { entry: Entry }) {
  const { incident } = useIncident();
  const [refusal, setRefusal] = createSignal<Refusal | null>(null);
  let area: HTMLTextAreaElement | undefined;
  let binding: TextBinding | null = null;

  function growToText(): void {
    if (!area) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight}px`;
  }

  /** From here on the binding alone writes the field: anything else would break into what is being composed. */
  createEffect(
    on(incident, (open) => {
      const element = area;
      if (!open || !element) return;
      const id = untrack(() => props.entry.id);
      binding = open.editText(id, toTextField(element, growToText));
      growToText();
      onCleanup(() => {
        binding?.stop();
        binding = null;
      });
    }),
  );

  /** What does not fit never gets in, so that nothing in the field is ever lost. */
  function refuseOverflow(event: InputEvent & { currentTarget: HTMLTextAreaElement }): void {
    const added = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    if ((value.length + added.length) * 3 <= MAX_TEXT_BYTES) return;
    const bytes = toUtf8Length(value.slice(0, selectionStart) + added + value.slice(selectionEnd));
    if (added === '' || bytes <= MAX_TEXT_BYTES) return;
    event.preventDefault();
    setRefusal({ reason: 'lineFull', bytes });
  }

  function takeInput(): void {
    binding?.onInput();
    growToText();
    setRefusal(null);
  }

  /** Empty for a moment is how a line is written anew; left empty, it gets its words back. */
  function onBlur(event: FocusEvent & { currentTarget: HTMLTextAreaElement }): void {
    if (props.entry.text === '' || event.currentTarget.value.trim() !== '') return;
    binding?.revert();
    growToText();
    setRefusal({ reason: 'lineEmptied' });
  }

  return (
    <>
      <textarea
        ref={(element) => {
          area = element;
          element.value = untrack(() => props.entry.text);
        }}
        class="entry-text"
        rows="1"
        dir="auto"
        aria-label="Text of the line"
        placeholder="Add a word"
        readOnly={!incident()}
        onBeforeInput={refuseOverflow}
        onInput={takeInput}
        onBlur={onBlur}
        onCompositionStart={() => binding?.onCompositionStart()}
        onCompositionEnd={() => {
          binding?.onCompositionEnd();
          growToText();
        }}
      />
      <Show when={refusal()}>
        {(why) => (
          <p class="note entry-problem" role="alert">
            {toSentence(why())}
          </p>
        )}
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
