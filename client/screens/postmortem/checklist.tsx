/** Beside the draft on a wide screen: how far each part is, and the way to it. */

import { For } from 'solid-js';
import { SECTION_TITLES } from '../../../shared/domain/section.ts';
import type { CheckState } from '../../../shared/postmortem/completeness.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { useDraft } from './draft-context.ts';
import { Meter } from './meter.tsx';

const MARKS: Readonly<Record<CheckState, { readonly icon: IconName; readonly word: string }>> = {
  done: { icon: 'checkDone', word: 'Done' },
  begun: { icon: 'checkBegun', word: 'Begun' },
  open: { icon: 'checkOpen', word: 'Open' },
};

export function Checklist() {
  const { open, goToSection } = useDraft();
  return (
    <aside class="pm-checks scroll" aria-label="Completeness">
      <p class="pm-percent">
        <span class="mono">{open.percent()}%</span> complete
      </p>
      <Meter />
      <ul>
        <For each={open.checks()}>
          {({ section, state, note }) => (
            <li>
              <button
                type="button"
                class="check"
                data-state={state}
                onClick={() => goToSection(section)}
              >
                <Icon name={MARKS[state].icon} />
                <span class="visually-hidden">{MARKS[state].word}: </span>
                <span class="grow">{SECTION_TITLES[section]}</span>
                <span class="note">{note}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </aside>
  );
}
