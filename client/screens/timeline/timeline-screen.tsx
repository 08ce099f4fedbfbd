/** The hero: one incident's live timeline, with the composer as its next line. */

import { Show } from 'solid-js';
import { Composer } from '../composer/composer.tsx';
import { useIncident } from '../incident/incident-context.ts';
import { ToastStrip } from '../shell/toast-strip.tsx';
import { Header } from './header.tsx';
import { Log } from './log.tsx';
import { Notices } from './notices.tsx';
import { Promote } from './promote.tsx';
import './timeline.css';

export function TimelineScreen() {
  const { view } = useIncident();
  return (
    <div class="screen timeline">
      <Header />
      <Notices />
      <Log />
      <Promote />
      <ToastStrip />
      {/* The server knows of nothing here: a line would start an incident nobody declared. */}
      <Show when={view.connection().type !== 'online' || view.facts().isDeclared}>
        <Composer />
      </Show>
    </div>
  );
}
