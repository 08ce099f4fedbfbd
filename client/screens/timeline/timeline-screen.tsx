/** The hero: one incident's live timeline, with the composer as its next line. */

import { Composer } from '../composer/composer.tsx';
import { ToastStrip } from '../shell/toast-strip.tsx';
import { Header } from './header.tsx';
import { Log } from './log.tsx';
import { Notices } from './notices.tsx';
import { Promote } from './promote.tsx';
import './timeline.css';

export function TimelineScreen() {
  return (
    <div class="screen timeline">
      <Header />
      <Notices />
      <Log />
      <Promote />
      <ToastStrip />
      <Composer />
    </div>
  );
}
