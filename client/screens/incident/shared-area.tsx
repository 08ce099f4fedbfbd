/** A text field several people may write in at once. It grows with its words, and what does not fit never gets in. */

import { createEffect, createSignal, on, onCleanup, Show, untrack } from 'solid-js';
import { MAX_TEXT_BYTES, toUtf8Length } from '../../../shared/domain/entry-text.ts';
import { type Refusal, toSentence } from '../../../shared/domain/refusal.ts';
import type { TextBinding, TextField } from '../../../shared/domain/text-field.ts';
import type { OpenIncident } from '../../actions/open-incident.ts';
import { afterPress } from '../../parts/after-press.ts';
import { useIncident } from './incident-context.ts';

export function SharedArea(props: {
  label: string;
  class: string;
  placeholder: string;
  /** What is shown until the field is bound. */
  start: string;
  /** Tracked: bound anew when it asks for something else. Null: nothing to bind to yet. */
  bind: (incident: OpenIncident, field: TextField) => TextBinding | null;
  /** What was typed while there was nothing to bind to. */
  onUnbound?: (text: string) => void;
  /** Left empty, it gets its words back. */
  needsWords?: boolean;
}) {
  const { incident } = useIncident();
  const [refusal, setRefusal] = createSignal<Refusal | null>(null);
  let area: HTMLTextAreaElement | undefined;
  let binding: TextBinding | null = null;
  let isComposing = false;

  function growToText(): void {
    if (!area) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight}px`;
  }

  /** From here on the binding alone writes the field: anything else would break into what is being composed. */
  createEffect(() => {
    const open = incident();
    const element = area;
    if (!open || !element) return;
    binding = props.bind(open, toTextField(element, growToText));
    growToText();
    onCleanup(() => {
      binding?.stop();
      binding = null;
    });
  });
  createEffect(
    on(
      () => props.start,
      (start) => {
        if (!area || binding || area.value === start) return;
        area.value = start;
        growToText();
      },
      { defer: true },
    ),
  );

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
    if (binding) sayWhether(binding.onInput());
    else if (area && !isComposing) props.onUnbound?.(area.value);
    growToText();
  }

  /** Dictation and autofill ask nobody before they write; what they wrote too much goes again, and that is said. */
  function sayWhether(isAccepted: boolean): void {
    const bytes = toUtf8Length(area?.value ?? '');
    if (isAccepted || bytes <= MAX_TEXT_BYTES) {
      setRefusal(null);
      return;
    }
    binding?.revert();
    setRefusal({ reason: 'lineFull', bytes });
  }

  /** Empty for a moment is how a line is written anew. What is said then must not move what a finger is about to hit. */
  function onBlur(): void {
    if (!props.needsWords) return;
    afterPress(() => {
      if (!binding || !area || area === document.activeElement || area.value.trim() !== '') return;
      binding.revert();
      growToText();
      setRefusal({ reason: 'lineEmptied' });
    });
  }

  return (
    <>
      <textarea
        ref={(element) => {
          area = element;
          element.value = untrack(() => props.start);
          // Laid out for the first time, or at another width, it needs another height.
          const observer = new ResizeObserver(([entry]) => {
            const width = entry?.contentRect.width ?? 0;
            if (width === lastWidth) return;
            lastWidth = width;
            growToText();
          });
          let lastWidth = 0;
          observer.observe(element);
          onCleanup(() => observer.disconnect());
        }}
        class={props.class}
        rows="1"
        dir="auto"
        aria-label={props.label}
        placeholder={props.placeholder}
        readOnly={!incident()}
        onBeforeInput={refuseOverflow}
        onInput={takeInput}
        onBlur={onBlur}
        onCompositionStart={() => {
          isComposing = true;
          binding?.onCompositionStart();
        }}
        onCompositionEnd={() => {
          isComposing = false;
          if (binding) sayWhether(binding.onCompositionEnd());
          else takeInput();
          growToText();
        }}
      />
      <Show when={refusal()}>
        {(why) => (
          <p class="note area-problem" role="alert">
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
