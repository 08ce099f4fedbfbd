/** Puts the app together: this browser's clock, randomness and disk, the actions on them, and the screens. */

import './styles/layers.css';
import './styles/tokens.css';
import './styles/base.css';
import './parts/buttons.css';
import { render } from 'solid-js/web';
import { toClockWarning } from '../shared/domain/clock-words.ts';
import { DEFAULT_PREFERENCES } from '../shared/domain/preferences.ts';
import { createAccount } from './actions/account.ts';
import { createActions } from './actions/actions.ts';
import { watchForUpdates } from './actions/app-update.ts';
import { createIncidents } from './actions/incidents.ts';
import { watchInstall } from './actions/install.ts';
import { mindStorage } from './actions/mind-storage.ts';
import { openPhone } from './actions/phone.ts';
import { sendLater } from './actions/send-later.ts';
import { createStorageCare } from './actions/storage-care.ts';
import { lookAround } from './actions/surroundings.ts';
import { renderApp } from './app.tsx';
import { followKeyboard } from './screens/shell/keyboard.ts';
import { fetchSheets } from './screens/shell/lazy-sheets.ts';
import { createToastList } from './screens/shell/toast-list.ts';
import { createAppState } from './state/app-state.ts';
import { startClock } from './state/clock.ts';
import { answerInTime } from './storage/answer-in-time.ts';
import { Database } from './storage/database.ts';
import { createDexieLog } from './storage/dexie-log.ts';
import { watchHomeRows } from './storage/home-rows.ts';
import { readPreferences } from './storage/settings.ts';
import { watchWaiting } from './storage/waiting.ts';
import { createAuthApi } from './sync/auth-api.ts';
import { startDirectoryFeed } from './sync/directory-feed.ts';

async function start(root: HTMLElement): Promise<void> {
  const now = Date.now;
  const random = Math.random;
  const db = new Database('logline');
  const log = answerInTime(createDexieLog(db));
  const around = lookAround(random);
  const report = (cause: unknown): void => console.error(cause);
  const toasts = createToastList();
  let isDraftTold = false;
  let isClockTold = false;
  let isRelayTold = false;
  const reading = readPreferences(log).catch(() => DEFAULT_PREFERENCES);
  const phone = await openPhone({
    log,
    around,
    syncUrl: new URL('/sync', location.href).href.replace(/^http/, 'ws'),
    now,
    monotonic: () => performance.now(),
    random,
    randomBytes: (into) => crypto.getRandomValues(into),
    onClock(clock) {
      const words = toClockWarning(clock);
      if (words !== null && !isClockTold) toasts.show(words);
      isClockTold ||= words !== null;
    },
    onReport: report,
    onDraftFailed(cause) {
      report(cause);
      if (!isDraftTold)
        toasts.show('This phone cannot keep what you are writing. Log it before you leave.');
      isDraftTold = true;
    },
  });

  const [state, change] = createAppState(
    {
      identity: phone.identity(),
      preferences: await reading,
      homeRows: null,
      waitingByIncident: null,
      refused: new Set(),
      directory: { type: 'connecting' },
      standing: null,
      lastContact: null,
      trouble: null,
      update: 'none',
      install: { type: 'none' },
      storage: null,
      lost: null,
    },
    new Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const incidents = createIncidents(phone);
  const mind = await mindStorage({
    phone,
    log,
    care: createStorageCare(openNotes(), navigator.storage),
    onStanding: (storage) => change({ storage }),
    onLoss: (lost) => change({ lost }),
  });
  const later = sendLater({
    worker: 'serviceWorker' in navigator ? navigator.serviceWorker.ready : undefined,
    onLeave: around.onLeave,
  });
  const account = createAccount({
    phone,
    api: createAuthApi((path, init) => fetch(path, init)),
    onStanding: (standing) => change({ standing }),
    onIdentity: () => change({ identity: phone.identity() }),
  });
  const actions = createActions({
    phone,
    account,
    forgetLoss: mind.forgetLoss,
    incidents,
    onIdentity: () => change({ identity: phone.identity() }),
    onPreferences: (preferences) => change({ preferences }),
  });

  watchHomeRows(
    db,
    (homeRows) => change({ homeRows }),
    (cause) => {
      report(cause);
      change({ homeRows: state.homeRows ?? [] });
    },
  );
  watchWaiting(
    log,
    (waitingByIncident) => {
      change({ waitingByIncident });
      if (!waitingByIncident) return;
      mind.note([...waitingByIncident.values()].reduce((sum, lines) => sum + lines, 0));
      later.note(waitingByIncident.size);
    },
    report,
  );
  phone.queue.subscribe(() => change({ trouble: phone.queue.state().trouble }));
  startDirectoryFeed({
    db,
    now,
    random,
    onState: (directory) => change({ directory }),
    onContact() {
      change({ lastContact: now() });
      if (state.standing === null || state.standing.door === 'signedOut') void account.refresh();
    },
    onLineage: phone.offers.heard,
    onSignedOut: () => void account.refresh(),
    onRights: () => void account.refresh(),
    onStorageFailed: report,
  });
  incidents.sendWaiting((refused) => change({ refused }));
  // A hidden page does not ask for the directory: what it heard last may be old.
  incidents.offerAgain(
    () => state.directory.type === 'online' && document.visibilityState === 'visible',
  );
  phone.offers.subscribe(() => {
    const why = phone.offers.trouble();
    if (why === null || isRelayTold) return;
    isRelayTold = true;
    toasts.show(
      `The server went back to a backup, and did not take what this phone has of it: ${why} It is safe here, and sent again.`,
    );
  });
  void account.refresh();
  watchInstall((install) => change({ install }));
  const update = watchForUpdates({
    workerUrl: '/service-worker.js',
    onWaiting: () => change({ update: 'waiting' }),
    onFailed: report,
  });
  followKeyboard();

  const app = {
    state,
    actions,
    update,
    clock: startClock(now, () => phone.clock()?.offset ?? 0),
    toasts,
  };
  render(() => renderApp(app), root);
  around.whenIdle(() => {
    fetchSheets().catch(report);
    import('./actions/open-incident.ts').catch(report);
  });
}

/** A second place to remember by. Browsers that forbid it throw at the first look. */
function openNotes(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

const root = document.getElementById('app');
if (root) void start(root);
