/** The words of a line, editable where they stand. */

import { untrack } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import { SharedArea } from '../incident/shared-area.tsx';

export function EntryBody(props: { entry: Entry }) {
  return (
    <SharedArea
      label="Text of the line"
      class="entry-text"
      placeholder="Add a word"
      start={untrack(() => props.entry.text)}
      bind={(incident, field) =>
        incident.editText(
          untrack(() => props.entry.id),
          field,
        )
      }
      needsWords={props.entry.text !== ''}
    />
  );
}
