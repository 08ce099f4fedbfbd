/**
 * The three columns every line has, and the one link that opens it. Its words say what the columns show, so those are
 * hidden from screen readers; the text of the line describes it and follows as text, because it may hold links of its own.
 */

import { useLocation } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';
import { CLAIM_WORDS } from '../../../shared/domain/claim.ts';
import { toClockMark } from '../../../shared/domain/clock-words.ts';
import { type Entry, isHypothesis } from '../../../shared/domain/entry.ts';
import { defaultClaim, toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS } from '../../../shared/domain/milestone.ts';
import { toColumnClock, toOccurredWords } from '../../../shared/domain/occurred.ts';
import { OUTCOME_WORDS } from '../../../shared/domain/outcome.ts';
import { toOffset } from '../../../shared/domain/time-words.ts';
import type { LinePlace } from '../../state/incident-view.ts';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import { useTabStop } from './line-focus.ts';

export function LineFrame(props: {
  entry: Entry;
  class: string;
  classList?: Record<string, boolean>;
  withOffset: boolean;
  /** What the sentence says, where it is not the kind and the text. */
  spoken?: string;
  hideTime?: boolean;
  node: JSX.Element;
  children: JSX.Element;
}) {
  const app = useApp();
  const { view, zone, openLine } = useIncident();
  const location = useLocation();
  const isTabStop = useTabStop();
  const offset = () => {
    const start = view.state().clockStart;
    if (!props.withOffset || !start || props.entry.occurred.precision === 'day') return null;
    return toOffset(props.entry.occurred.at - start.at);
  };
  const sentence = (): string =>
    toSentenceOf({
      entry: props.entry,
      when: toOccurredWords(props.entry.occurred, zone(), app.clock.now()),
      offset: offset(),
      who: nameOf(app.state, view, props.entry.by),
      place: view.place(props.entry.id),
      spoken: props.spoken,
    });

  return (
    <article
      class={`line ${props.class}`}
      classList={props.classList ?? {}}
      data-line={props.entry.id}
    >
      <a
        class="line-open"
        tabIndex={isTabStop(props.entry.id) ? 0 : -1}
        aria-describedby={`words-${props.entry.id}`}
        href={`${location.pathname}?line=${props.entry.id}`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          openLine(props.entry.id);
        }}
      >
        <span class="visually-hidden">{sentence()}</span>
      </a>
      <div class="line-time" aria-hidden="true">
        <Show when={!props.hideTime}>
          <time>{toColumnClock(props.entry.occurred, zone())}</time>
          <Show when={offset()}>{(words) => <span class="offset">{words()}</span>}</Show>
        </Show>
      </div>
      <div class="line-node" aria-hidden="true">
        {props.node}
      </div>
      <div class="line-body" id={`words-${props.entry.id}`}>
        {props.children}
      </div>
    </article>
  );
}

function toSentenceOf(line: {
  entry: Entry;
  when: string;
  offset: string | null;
  who: string;
  place: LinePlace;
  spoken: string | undefined;
}): string {
  const { entry, spoken } = line;
  const milestone =
    entry.effect?.type === 'milestone' ? MILESTONE_WORDS[entry.effect.milestone] : null;
  const kind =
    entry.kind === 'unknown' || entry.kind === 'system' ? 'fact' : defaultClaim(entry.kind);
  const clock = toClockMark(entry);
  const parts = [
    line.when,
    clock && `By a clock that was ${clock}, corrected`,
    line.offset === null ? null : `T ${line.offset}`,
    spoken ?? `${milestone ?? toKindWord(entry.kind)}, ${line.who}`,
    entry.claim === kind ? null : `Meant as a ${CLAIM_WORDS[entry.claim].toLowerCase()}`,
    isHypothesis(entry) && entry.outcome !== 'proposed' ? OUTCOME_WORDS[entry.outcome] : null,
    entry.contests.length > 0 ? 'Changed by two people' : null,
    entry.starred ? 'Starred' : null,
    entry.retracted ? 'Struck out' : null,
    line.place === 'phone' ? 'On this phone, not sent yet' : null,
    line.place === 'memory' ? 'Not saved yet' : null,
  ];
  return parts.filter((part) => part !== null && part !== '').join('. ');
}
