/** The app: its routes, inside what every screen gets. */

import { Route, Router } from '@solidjs/router';
import { HomeRoute } from './screens/home/home-route.tsx';
import { IncidentFrame } from './screens/incident/incident-frame.tsx';
import { type App, AppProvider } from './screens/shell/app-context.ts';
import { ClaimScreen, JoinScreen, PostmortemScreen } from './screens/shell/lazy-sheets.ts';
import { Nowhere } from './screens/shell/nowhere.tsx';
import { Shell } from './screens/shell/shell.tsx';
import { TimelineScreen } from './screens/timeline/timeline-screen.tsx';

export function renderApp(app: App) {
  return (
    <AppProvider value={app}>
      <Router root={Shell}>
        <Route path="/" component={HomeRoute} />
        <Route path="/i/:id" component={IncidentFrame}>
          <Route path="/" component={TimelineScreen} />
          <Route path="/postmortem" component={PostmortemScreen} />
        </Route>
        <Route path="/join" component={JoinScreen} />
        <Route path="/claim" component={ClaimScreen} />
        <Route path="*" component={Nowhere} />
      </Router>
    </AppProvider>
  );
}
