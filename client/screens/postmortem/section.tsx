/** A section: what the timeline says, the gaps in it, and what people write below. */

import { createSignal, For, Match, Show, Switch } from 'solid-js';
import {
  isProseSection,
  type ProseSection,
  SECTION_TITLES,
  type SectionId,
} from '../../../shared/domain/section.ts';
import { useDraft } from './draft-context.ts';
import { GapLine } from './gap-line.tsx';
import { MetricTiles } from './metric-tiles.tsx';
import { OrphanRows } from './orphan-rows.tsx';
import { Participants } from './participants.tsx';
import { ProseField } from './prose-field.tsx';
import { StatementRow } from './statement-row.tsx';
import { TimelinePart } from './timeline-part.tsx';
import './section.css';

/** A long incident has thousands of statements; so many are read at a time. */
const SHOWN = 40;

export function Section(props: {
  section: SectionId;
  /** What its lane is called: the same word twice says nothing. */
  lane: string;
}) {
  const { open } = useDraft();
  const gaps = () => open.looseGaps(props.section);
  return (
    <section
      class="pm-section"
      data-section={props.section}
      aria-label={SECTION_TITLES[props.section]}
    >
      <h3
        tabindex="-1"
        classList={{ 'visually-hidden': SECTION_TITLES[props.section] === props.lane }}
      >
        {SECTION_TITLES[props.section]}
      </h3>
      <Body section={props.section} />
      <Show when={isProseSection(props.section) && props.section}>
        {(section) => <OrphanRows section={section()} />}
      </Show>
      <Show when={gaps().length > 0}>
        <ul class="gap-lines">
          <For each={gaps()}>
            {(gap) => (
              <li>
                <GapLine gap={gap} />
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={isProseSection(props.section) && props.section}>
        {(section) => <ProseField section={section()} />}
      </Show>
    </section>
  );
}

function Body(props: { section: SectionId }) {
  return (
    <Switch>
      <Match when={props.section === 'metrics'}>
        <MetricTiles />
      </Match>
      <Match when={props.section === 'timeline'}>
        <TimelinePart />
      </Match>
      <Match when={props.section === 'participants'}>
        <Participants />
      </Match>
      <Match when={isProseSection(props.section) && props.section}>
        {(section) => <Statements section={section()} />}
      </Match>
    </Switch>
  );
}

function Statements(props: { section: ProseSection }) {
  const { open } = useDraft();
  const [isWhole, setIsWhole] = createSignal(false);
  const ids = () => open.statementIds(props.section);
  const shown = () => (isWhole() ? ids() : ids().slice(0, SHOWN));
  return (
    <Show when={ids().length > 0}>
      <ul class="statements">
        <For each={shown()}>{(id) => <StatementRow id={id} />}</For>
      </ul>
      <Show when={shown().length < ids().length}>
        <button type="button" class="button small" onClick={() => setIsWhole(true)}>
          Show all {ids().length}
        </button>
      </Show>
    </Show>
  );
}
