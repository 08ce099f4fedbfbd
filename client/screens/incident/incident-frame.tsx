/** One open incident around every screen of it: its view, its document, its sheets. */

import { A, type RouteSectionProps, useParams } from '@solidjs/router';
import { createEffect, createSignal, type JSX, onCleanup, Show, untrack } from 'solid-js';
import { isIncidentId } from '../../../shared/domain/id.ts';
import { toZone } from '../../../shared/domain/preferences.ts';
import { toSentence } from '../../../shared/domain/refusal.ts';
import type { OpenIncident } from '../../actions/open-incident.ts';
import { createIncidentView } from '../../state/incident-view.ts';
import { useApp } from '../shell/app-context.ts';
import {
  CopySheet,
  EntrySheet,
  IncidentSheet,
  PeopleSheet,
  SeveritySheet,
  StatusSheet,
} from '../shell/lazy-sheets.ts';
import { useSheets } from '../shell/sheets.ts';
import { createWaitingTail } from '../timeline/waiting-tail.ts';
import { IncidentProvider, type IncidentScreen } from './incident-context.ts';
import { createPendingLine } from './pending-line.ts';
import { tellPresence } from './tell-presence.ts';

export function IncidentFrame(props: RouteSectionProps) {
  const params = useParams<{ id: string }>();
  return (
    <Show
      when={isIncidentId(params.id) && params.id}
      keyed
      fallback={
        <div class="screen empty">
          <b>This link does not name an incident</b>
          <p>Check it for a missing letter.</p>
          <A class="button" href="/">
            All incidents
          </A>
        </div>
      }
    >
      {(id) => <Opened id={id}>{props.children}</Opened>}
    </Show>
  );
}

function Opened(props: { id: string; children: JSX.Element }) {
  const app = useApp();
  const sheets = useSheets();
  // The frame is made anew for each incident, so its id never changes under it.
  const id = untrack(() => props.id);
  const view = createIncidentView(() => app.state.identity.person);
  const [incident, setIncident] = createSignal<OpenIncident>();
  const opened = open();
  opened.catch(() =>
    app.toasts.show('A part of the app could not be loaded. What you wrote is kept.', {
      word: 'Reload',
      act: () => location.reload(),
    }),
  );
  createEffect(() => {
    document.title = `${view.title()} · Logline`;
  });
  onCleanup(() => {
    document.title = 'Logline';
  });

  /** First the rows kept for painting, and only then, once they are on the screen, the whole document. */
  async function open(): Promise<OpenIncident> {
    const stops: (() => void)[] = [];
    let isGone = false;
    onCleanup(() => {
      isGone = true;
      for (const stop of stops) stop();
    });
    const paint = await app.actions.readFirstPaint(id);
    if (paint) {
      try {
        view.showFirstPaint(paint);
      } catch (cause) {
        console.error(cause); // rows of an older version, say; the document itself is read next
      }
      await nextFrame();
    }
    const lease = app.actions.lease(id);
    stops.push(lease.release);
    const made = await lease.incident;
    if (isGone) lease.release();
    else {
      stops.push(view.show(app.actions.toSource(made)));
      setIncident(made);
    }
    return made;
  }

  const pending = createPendingLine();
  tellPresence(app, { incident, writing: pending.writing, line: sheets.line });

  const screen: IncidentScreen = {
    id,
    view,
    incident,
    opened,
    zone: () =>
      toZone(app.state.preferences.zone, {
        viewer: app.state.viewerZone,
        home: view.facts().homeZone,
      }),
    zoneWord: () => {
      const { zone } = app.state.preferences;
      if (zone === 'utc') return 'in UTC';
      return zone === 'home'
        ? `in ${view.facts().homeZone}, the incident’s zone`
        : `in ${app.state.viewerZone}, your zone`;
    },
    zoneLabel: () => {
      const { zone } = app.state.preferences;
      if (zone === 'viewer') return null;
      return zone === 'utc' ? 'UTC' : view.facts().homeZone;
    },
    async run(command, spentDraft) {
      const decision = (await opened).run(command, spentDraft);
      if (!decision.ok) app.toasts.show(toSentence(decision.refusal));
      return decision;
    },
    openLine: sheets.openLine,
    pending,
    waitingTail: createWaitingTail(view),
  };

  return (
    <IncidentProvider value={screen}>
      {props.children}
      <Show when={sheets.line()} keyed>
        {(line) => <EntrySheet id={line} onClose={sheets.close} />}
      </Show>
      <Show when={sheets.sheet() === 'people'}>
        <PeopleSheet onClose={sheets.close} />
      </Show>
      <Show when={sheets.sheet() === 'copy'}>
        <CopySheet onClose={sheets.close} />
      </Show>
      <Show when={sheets.sheet() === 'incident'}>
        <IncidentSheet onClose={sheets.close} />
      </Show>
      <Show when={sheets.sheet() === 'status'}>
        <StatusSheet onClose={sheets.close} />
      </Show>
      <Show when={sheets.sheet() === 'severity'}>
        <SeveritySheet onClose={sheets.close} />
      </Show>
    </IncidentProvider>
  );
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
