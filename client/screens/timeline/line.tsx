/** One row of the log: what lies between it and the line before, and the line itself. */

import { createMemo, Match, Show, Switch } from 'solid-js';
import type { Entry } from '../../../shared/domain/entry.ts';
import type { EntryId } from '../../../shared/domain/id.ts';
import { isHurting, severityAt } from '../../../shared/domain/incident.ts';
import { toShownZone } from '../../../shared/domain/occurred.ts';
import { type Instant, toDayKey } from '../../../shared/domain/time.ts';
import { toClock, toDayName } from '../../../shared/domain/time-words.ts';
import { useIncident } from '../incident/incident-context.ts';
import { GHOST } from '../incident/pending-line.ts';
import { useApp } from '../shell/app-context.ts';
import { Between, toDayWords } from './between.tsx';
import { EntryLine } from './entry-line.tsx';
import { MilestoneLine } from './milestone-line.tsx';
import { SystemLine } from './system-line.tsx';
import './ghost-line.css';

export function Line(props: {
  id: EntryId;
  before: EntryId | undefined;
  /** The row before is where the line being timed would land. */
  isAfterGhost: boolean;
  isLast: boolean;
  /** Somebody asked to see it. */
  isShown: boolean;
}) {
  const { view, pending } = useIncident();
  return (
    <Show when={props.id !== GHOST} fallback={<GhostLine before={props.before} />}>
      <Show when={view.entry(props.id)}>
        {(entry) => (
          <EntryRow
            entry={entry()}
            before={props.before}
            ghostAt={props.isAfterGhost ? pending.landsAt() : null}
            isLast={props.isLast}
            isShown={props.isShown}
          />
        )}
      </Show>
    </Show>
  );
}

function EntryRow(props: {
  entry: Entry;
  before: EntryId | undefined;
  ghostAt: Instant | null;
  isLast: boolean;
  isShown: boolean;
}) {
  const { view } = useIncident();
  const before = createMemo(() =>
    props.before === undefined ? undefined : view.entry(props.before),
  );
  const isMilestone = () => props.entry.effect?.type === 'milestone';
  /** Declaring is something somebody did; the other milestones happened to everybody. */
  const isDeclared = () =>
    props.entry.effect?.type === 'milestone' && props.entry.effect.milestone === 'declared';

  return (
    <div
      class="row"
      classList={{
        first: !before(),
        last: props.isLast,
        shown: props.isShown,
        struck: props.entry.retracted !== null,
      }}
      data-severity={severityAt(view.state(), props.entry.sortAt) ?? undefined}
    >
      <Between entry={props.entry} before={before()} ghostAt={props.ghostAt} />
      <Switch
        fallback={
          <EntryLine entry={props.entry} isHurting={isHurting(view.state(), props.entry.sortAt)} />
        }
      >
        <Match when={props.entry.kind === 'system' || isDeclared()}>
          <SystemLine
            entry={props.entry}
            isContinued={isContinuation(props.entry, before())}
            isHurting={isHurting(view.state(), props.entry.sortAt)}
          />
        </Match>
        <Match when={isMilestone()}>
          <MilestoneLine entry={props.entry} />
        </Match>
      </Switch>
    </div>
  );
}

/** Several changes of one person at one moment, as declaring makes them, show their time once. */
function isContinuation(entry: Entry, before: Entry | undefined): boolean {
  return (
    before !== undefined &&
    before.by === entry.by &&
    before.occurred.at === entry.occurred.at &&
    before.effect !== null &&
    before.recorded === entry.recorded
  );
}

function GhostLine(props: { before: EntryId | undefined }) {
  const { clock } = useApp();
  const { view, zone, zoneLabel, pending } = useIncident();
  const at = () => pending.landsAt() ?? 0;
  const newDay = () => {
    const before = props.before === undefined ? undefined : view.entry(props.before);
    const shown = before && toShownZone(before.occurred, zone());
    if (before && shown && toDayKey(before.occurred.at, shown) === toDayKey(at(), zone())) {
      return null;
    }
    return toDayWords(toDayName(at(), zone(), clock.now()), zoneLabel());
  };
  return (
    <div class="row" data-severity={severityAt(view.state(), at()) ?? undefined}>
      <Show when={newDay()}>{(day) => <p class="day">{day()}</p>}</Show>
      <div class="line ghost" classList={{ hurt: isHurting(view.state(), at()) }}>
        <div class="line-time">
          <time>{toClock(at(), zone())}</time>
        </div>
        <div class="line-node">
          <span class="node" />
        </div>
        <p>Your line lands here</p>
      </div>
    </div>
  );
}
