/** What people write into a section, several at once. */

import { Show, untrack } from 'solid-js';
import { type ProseSection, SECTION_TITLES } from '../../../shared/domain/section.ts';
import { SharedArea } from '../incident/shared-area.tsx';
import { useSheets } from '../shell/sheets.ts';
import { useDraft } from './draft-context.ts';

const PROMPTS: Readonly<Record<ProseSection, string>> = {
  summary: 'In two sentences: what happened, and what ended it?',
  impact: 'Who was hurt, how many, how badly?',
  detection: 'What should have told us earlier?',
  response: 'What helped, what got in the way?',
  mitigation: 'What ended it, and how do we know?',
  factors: 'What made it possible, and what made it worse?',
  hypotheses: 'What was ruled out, and by what?',
  openQuestions: 'What do we still not know?',
  lessons: 'What do we do differently, who does it, by when?',
};

export function ProseField(props: { section: ProseSection }) {
  const { open } = useDraft();
  const sheets = useSheets();
  const isWritten = () => (open.prose().sections.get(props.section) ?? '') !== '';
  return (
    <>
      <SharedArea
        label={`${SECTION_TITLES[props.section]}, in your words`}
        class="prose"
        placeholder={PROMPTS[props.section]}
        start={untrack(() => open.prose().sections.get(props.section) ?? '')}
        bind={(incident, field) => incident.editProse(props.section, field)}
      />
      <Show when={isWritten()}>
        <button
          type="button"
          class="button quiet"
          onClick={() => sheets.open('versions', props.section)}
        >
          Versions
          <span class="visually-hidden"> of “{SECTION_TITLES[props.section]}”</span>
        </button>
      </Show>
    </>
  );
}
