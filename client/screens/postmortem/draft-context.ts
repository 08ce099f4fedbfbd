/** What every part of the draft shares. */

import { createContext, useContext } from 'solid-js';
import type { EntryId } from '../../../shared/domain/id.ts';
import type { Occurred } from '../../../shared/domain/occurred.ts';
import type { StatementId } from '../../../shared/domain/rewrite.ts';
import type { SectionId } from '../../../shared/domain/section.ts';
import type { Gap } from '../../../shared/postmortem/gaps.ts';
import type { OpenDraft } from '../../state/open-draft.ts';

export type DraftScreen = {
  readonly open: OpenDraft;
  /** On a wide screen the log beside the draft shows it; else its sheet opens. */
  showLine(id: EntryId): void;
  openStatement(id: StatementId): void;
  mend(gap: Gap): void;
  goToSection(section: SectionId): void;
  /** A time inside a sentence, on the clock that is chosen; with its day where there are several. */
  timeWords(occurred: Occurred): string;
};

const DraftContext = createContext<DraftScreen>();

export const DraftProvider = DraftContext.Provider;

/** @throws Error outside a draft, which is a mistake of ours */
export function useDraft(): DraftScreen {
  const screen = useContext(DraftContext);
  if (!screen) throw new Error('No draft around this part');
  return screen;
}
