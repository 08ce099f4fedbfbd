/** One statement with its sources: as generated, or as somebody put it. A tap opens it to be put in other words. */

import { For, Show } from 'solid-js';
import type { StatementId } from '../../../shared/domain/rewrite.ts';
import { isStanding } from '../../../shared/postmortem/orphans.ts';
import type { Statement } from '../../../shared/postmortem/statement.ts';
import { Icon } from '../../parts/icon.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { nameOf } from '../incident/people.ts';
import { useApp } from '../shell/app-context.ts';
import { useDraft } from './draft-context.ts';
import { GapLine } from './gap-line.tsx';
import { Sentence } from './sentence.tsx';
import { SourceChip } from './source-chip.tsx';

export function StatementRow(props: { id: StatementId }) {
  const { open } = useDraft();
  return (
    <Show when={open.statement(props.id)}>{(statement) => <Row statement={statement()} />}</Show>
  );
}

function Row(props: { statement: Statement }) {
  const { state } = useApp();
  const { view } = useIncident();
  const { open, openStatement } = useDraft();
  const wordings = () => open.rewrites(props.statement.id).filter(isStanding);
  const gap = () => open.gapOf(props.statement.id);
  const isStale = () =>
    wordings().some(({ sourcesHash }) => sourcesHash !== props.statement.sourcesHash);
  return (
    <li class="statement" data-statement={props.statement.id}>
      <button
        type="button"
        class="statement-words"
        aria-haspopup="dialog"
        onClick={() => openStatement(props.statement.id)}
      >
        <Show
          when={wordings().length > 0}
          fallback={
            <Sentence
              parts={props.statement.parts}
              hasLead={props.statement.section === 'hypotheses'}
            />
          }
        >
          <For each={wordings()}>
            {(wording) => (
              <span class="wording">
                <bdi dir="auto">{wording.text}</bdi>
                <Show when={wordings().length > 1}>
                  <span class="note"> {nameOf(state, view, wording.by)}</span>
                </Show>
              </span>
            )}
          </For>
        </Show>
      </button>{' '}
      <span class="cites">
        <For each={props.statement.sources}>{(source) => <SourceChip id={source} />}</For>
      </span>
      <Show when={isStale()}>
        <button type="button" class="stale" onClick={() => openStatement(props.statement.id)}>
          <Icon name="warning" size={14} />
          The timeline changed since this was written
        </button>
      </Show>
      <Show when={gap()}>{(found) => <GapLine gap={found()} isShort />}</Show>
    </li>
  );
}
