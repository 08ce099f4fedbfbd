/** Who wrote the line, who changed what of it, and what was there before. */

import { createMemo, For, Show } from 'solid-js';
import { CLAIM_WORDS, isClaim } from '../../../shared/domain/claim.ts';
import type { Contest, Entry, EntryField } from '../../../shared/domain/entry.ts';
import { toStampInstant } from '../../../shared/domain/hlc.ts';
import { isKind, toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { toOccurredWords } from '../../../shared/domain/occurred.ts';
import { isOutcome, OUTCOME_WORDS } from '../../../shared/domain/outcome.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { toClockOrDay } from '../../../shared/domain/time-words.ts';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';

const PLACE_WORDS = {
  unknown: '',
  memory: 'Not saved yet.',
  phone: 'On this phone, not on the server yet.',
  server: 'On the server.',
};

type Step = { readonly at: Instant; readonly who: string; readonly what: string };

export function EntryHistory(props: { entry: Entry; onVersions: () => void }) {
  const { state, clock } = useApp();
  const { view, zone } = useIncident();

  const steps = createMemo<readonly Step[]>(() => {
    const entry = props.entry;
    const written: Step = {
      at: entry.recorded,
      who: nameOf(state, view, entry.by),
      what: 'wrote it.',
    };
    const changes: Step[] = [];
    for (const [field, edit] of Object.entries(entry.edits)) {
      if (field === 'words') continue;
      changes.push({
        at: toStampInstant(edit.stamp),
        who: nameOf(state, view, edit.by),
        what: toChangeWords(field, entry),
      });
    }
    for (const { before, stamp, by } of entry.wordEdits) {
      changes.push({
        at: toStampInstant(stamp),
        who: nameOf(state, view, by),
        what: `changed the words. Before: “${before}”`,
      });
    }
    for (const contest of entry.contests) {
      changes.push({
        at: toStampInstant(contest.stamp),
        who: nameOf(state, view, contest.by),
        what: toContestWords(contest),
      });
    }
    return [written, ...changes.sort((a, b) => a.at - b.at)];
  });

  return (
    <div class="group">
      <p class="label">History</p>
      <ol class="history">
        <For each={steps()}>
          {(step) => (
            <li>
              <time class="mono">{toClockOrDay(step.at, zone(), clock.now())}</time>
              <span>
                <b>
                  <bdi>{step.who}</bdi>
                </b>{' '}
                {step.what}
              </span>
            </li>
          )}
        </For>
      </ol>
      <Show when={props.entry.edits.time}>
        <p class="note">
          First said to be {toOccurredWords(props.entry.firstOccurred, zone(), clock.now())}.
        </p>
      </Show>
      <Show when={props.entry.contests.length > 0}>
        <p class="note">Changed by two people at the same time. The later change counts.</p>
      </Show>
      <p class="note">
        {PLACE_WORDS[view.place(props.entry.id)]}
        <Show when={view.place(props.entry.id) === 'server' && view.seenBy(props.entry.id) > 0}>
          {' '}
          Seen by {toOthers(view.seenBy(props.entry.id))}.
        </Show>
      </p>
      <button type="button" class="button" onClick={() => props.onVersions()}>
        All versions
      </button>
    </div>
  );
}

function toOthers(count: number): string {
  return count === 1 ? 'one other person' : `${count} others`;
}

const FIELD_WORDS: Readonly<Partial<Record<string, string>>> = {
  time: 'time',
  kind: 'kind',
  claim: 'meaning',
  effect: 'milestone',
  outcome: 'outcome',
} satisfies Partial<Record<EntryField, string>>;

/** Written without knowing of the change that counts. It is kept, and it can be read. */
function toContestWords({ field, value, time, effect }: Contest): string {
  const what = `changed its ${FIELD_WORDS[field] ?? field} at the same time`;
  if (time) return `${what}, to ${toOccurredWords(time, time.zone, time.at)} (${time.zone}).`;
  if (field === 'kind' && isKind(value)) return `${what}, to ${toKindWord(value)}.`;
  if (field === 'claim' && isClaim(value)) return `${what}, to ${CLAIM_WORDS[value]}.`;
  if (field === 'outcome' && isOutcome(value)) return `${what}, to ${OUTCOME_WORDS[value]}.`;
  if (effect?.type === 'milestone') return `${what}, to ${MILESTONE_WORDS[effect.milestone]}.`;
  return `${what}.`;
}

function toChangeWords(field: string, entry: Entry): string {
  if (field === 'retracted') return entry.retracted ? 'struck it out.' : 'restored it.';
  if (field === 'star') return entry.starred ? 'starred it.' : 'took the star away.';
  return `changed its ${FIELD_WORDS[field] ?? field}.`;
}
