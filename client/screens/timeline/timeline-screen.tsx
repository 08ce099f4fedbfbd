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
  const mayWrite = () => {
    const connection = view.connection();
    if (connection.type !== 'online') return true;
    // Where the server knows of nothing a line would start an incident nobody declared.
    return view.facts().isDeclared && connection.isReadOnly !== true;
  };
  return (
    <div class="screen timeline">
      <Header />
      <Notices />
      <Log />
      <Promote />
      <ToastStrip />
      <Show when={mayWrite()}>
        <Composer />
      </Show>
    </div>
  );
}
