/** One line in full: its words, its time, its kind, what became of it. Everything is saved as it is changed. */

import { createMemo, Match, Show, Switch } from 'solid-js';
import { CLAIM_WORDS, CLAIMS } from '../../../shared/domain/claim.ts';
import type { Entry } from '../../../shared/domain/entry.ts';
import { isHypothesis, toMilestone } from '../../../shared/domain/entry.ts';
import type { Kind } from '../../../shared/domain/kind.ts';
import { toKindWord } from '../../../shared/domain/kind.ts';
import { MILESTONE_WORDS, type Milestone } from '../../../shared/domain/milestone.ts';
import { OUTCOME_WORDS, OUTCOMES } from '../../../shared/domain/outcome.ts';
import { Avatars } from '../../parts/avatars.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Icon } from '../../parts/icon.tsx';
import { KindIcon } from '../../parts/kind-icon.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { KindSheet } from '../composer/kind-sheet.tsx';
import { MilestoneSheet } from '../composer/milestone-sheet.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { useApp } from '../shell/app-context.ts';
import { EntryVersionsSheet } from '../shell/lazy-sheets.ts';
import { useSheets } from '../shell/sheets.ts';
import { EntryBody } from './entry-body.tsx';
import { EntryHistory } from './entry-history.tsx';
import { EntryTime } from './entry-time.tsx';
import './entry.css';

const OUTCOME_OPTIONS = OUTCOMES.map((value) => ({ value, word: OUTCOME_WORDS[value] }));
const CLAIM_OPTIONS = CLAIMS.map((value) => ({ value, word: CLAIM_WORDS[value] }));

export function EntrySheet(props: { id: string; onClose: () => void }) {
  const { view } = useIncident();
  const entry = createMemo(() => view.entry(props.id));
  return (
    <Show
      when={entry()}
      fallback={
        <Show when={view.phase() === 'ready' || view.phase() === 'empty'}>
          <Sheet label="This line is not here" onClose={props.onClose}>
            <p class="note">
              It has not reached this phone yet. It will appear in the log when it does.
            </p>
          </Sheet>
        </Show>
      }
    >
      {(found) => <Details entry={found()} onClose={props.onClose} />}
    </Show>
  );
}

function Details(props: { entry: Entry; onClose: () => void }) {
  const { toasts } = useApp();
  const { run, view } = useIncident();
  const alsoHere = () => view.others().filter(({ line, isAway }) => line === id() && !isAway);
  const sheets = useSheets();
  const id = () => props.entry.id;
  const isSystem = () => props.entry.kind === 'system';
  const milestone = () => toMilestone(props.entry);
  const title = () => {
    const reached = milestone();
    return reached ? MILESTONE_WORDS[reached] : toKindWord(props.entry.kind);
  };

  function chooseKind(kind: Kind): void {
    if (kind === 'milestone') {
      sheets.openPick('milestone');
      return;
    }
    sheets.close();
    void run({ type: 'changeKind', entry: id(), kind });
  }

  function chooseMilestone(reached: Milestone): void {
    sheets.close();
    void run({ type: 'changeKind', entry: id(), kind: 'milestone', milestone: reached });
  }

  function strikeOut(): void {
    const entry = id();
    void run({ type: 'retract', entry });
    props.onClose();
    toasts.show('Line struck out. It stays readable.', {
      word: 'Undo',
      act: () => void run({ type: 'restore', entry }),
    });
  }

  return (
    <>
      <Sheet
        label={`Line: ${title()}`}
        onClose={props.onClose}
        heading={
          <button
            type="button"
            class="entry-kind"
            data-kind={props.entry.kind}
            disabled={isSystem()}
            aria-label={isSystem() ? title() : `${title()}. Change kind`}
            onClick={() => sheets.openPick('kind')}
          >
            <KindIcon kind={props.entry.kind} size={20} />
            {title()}
            <Show when={!isSystem()}>
              <Icon name="down" size={16} />
            </Show>
          </button>
        }
        footer={
          <>
            <button
              type="button"
              class="button"
              aria-pressed={props.entry.starred !== null}
              onClick={() => void run({ type: 'star', entry: id(), on: !props.entry.starred })}
            >
              <span classList={{ starred: props.entry.starred !== null }}>
                <Icon name="star" />
              </span>
              {props.entry.starred ? 'Starred' : 'Star'}
            </button>
            <Show
              when={props.entry.retracted}
              fallback={
                <button type="button" class="button danger" onClick={strikeOut}>
                  Strike out
                </button>
              }
            >
              <button
                type="button"
                class="button"
                onClick={() => void run({ type: 'restore', entry: id() })}
              >
                Restore
              </button>
            </Show>
          </>
        }
      >
        <Show when={alsoHere().length > 0}>
          <p class="entry-company" role="status">
            <Avatars people={alsoHere()} small />
            {alsoHere()
              .map(({ name }) => name)
              .join(', ')}{' '}
            {alsoHere().length === 1 ? 'has' : 'have'} this line open
          </p>
        </Show>
        <div class="entry-card">
          <Show when={!isSystem()}>
            <EntryBody entry={props.entry} />
          </Show>
          <EntryTime entry={props.entry} />
        </div>
        <Show when={!isSystem() && !milestone()}>
          <div class="group">
            <p class="label">Meant as</p>
            <Choice
              label="Meant as"
              options={CLAIM_OPTIONS}
              value={props.entry.claim}
              onChoose={(claim) => void run({ type: 'changeClaim', entry: id(), claim })}
            />
          </div>
        </Show>
        <Show when={isHypothesis(props.entry)}>
          <div class="group">
            <p class="label">How it stands</p>
            <Choice
              label="How it stands"
              options={OUTCOME_OPTIONS}
              value={props.entry.outcome}
              onChoose={(outcome) => void run({ type: 'setOutcome', entry: id(), outcome })}
            />
          </div>
        </Show>
        <EntryHistory entry={props.entry} onVersions={() => sheets.openPick('versions')} />
      </Sheet>
      <Switch>
        <Match when={sheets.pick() === 'kind'}>
          <KindSheet kind={props.entry.kind} onChoose={chooseKind} onClose={sheets.close} />
        </Match>
        <Match when={sheets.pick() === 'versions'}>
          <EntryVersionsSheet entry={props.entry} onClose={sheets.close} />
        </Match>
        <Match when={sheets.pick() === 'milestone'}>
          <MilestoneSheet current={milestone()} onChoose={chooseMilestone} onClose={sheets.close} />
        </Match>
      </Switch>
    </>
  );
}
