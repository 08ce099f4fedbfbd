/** The versions of one line. */

import { For, Show } from 'solid-js';
import { CLAIM_WORDS } from '../../../shared/domain/claim.ts';
import { type Entry, toMilestone } from '../../../shared/domain/entry.ts';
import { toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { toOccurredWords } from '../../../shared/domain/occurred.ts';
import { OUTCOME_WORDS } from '../../../shared/domain/outcome.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import type { Version } from '../../../shared/domain/version.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { Diff } from './diff.tsx';
import { VersionList } from './version-list.tsx';

export function EntryVersionsSheet(props: { entry: Entry; onClose: () => void }) {
  const { clock, toasts } = useApp();
  const { incident, zone } = useIncident();

  function read(): Promise<readonly Version<Entry>[] | null> {
    return incident()?.versions.ofEntry(props.entry.id) ?? Promise.resolve(null);
  }

  /** Everything but the words. */
  function toWords(entry: Entry): readonly string[] {
    const milestone = toMilestone(entry);
    return [
      toOccurredWords(entry.occurred, zone(), clock.now()),
      milestone ? MILESTONE_WORDS[milestone] : toKindWord(entry.kind),
      CLAIM_WORDS[entry.claim],
      OUTCOME_WORDS[entry.outcome],
      entry.retracted ? 'struck out' : 'standing',
    ];
  }

  function toChanges({ before, after }: Version<Entry>): readonly string[] {
    if (!before) return [];
    const [old, fresh] = [toWords(before), toWords(after)];
    return fresh.flatMap((word, index) => (word === old[index] ? [] : `${old[index]} → ${word}`));
  }

  return (
    <Sheet label="Versions of this line" onClose={props.onClose}>
      <VersionList<Entry>
        read={read}
        show={(version) => (
          <>
            <Show when={version.after.text !== '' || version.before?.text}>
              <Diff
                before={version.before?.text ?? version.after.text}
                after={version.after.text}
              />
            </Show>
            <For each={toChanges(version)}>{(change) => <p class="note">{change}</p>}</For>
          </>
        )}
        isCurrent={(entry) => isSame(entry, props.entry)}
        onGoBack={(entry) => {
          const refusal = incident()?.goBack(entry);
          if (refusal) toasts.show(toSentence(refusal));
          props.onClose();
        }}
      />
    </Sheet>
  );
}

function isSame(a: Entry, b: Entry): boolean {
  const toText = ({ text, kindName, claim, outcome, occurred, effect, retracted }: Entry): string =>
    JSON.stringify([text, kindName, claim, outcome, occurred, effect, retracted !== null]);
  return toText(a) === toText(b);
}
