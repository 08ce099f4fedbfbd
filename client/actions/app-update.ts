/**
 * A new version of the app: it is fetched in the background and waits. Only the tab in which a person asked for it
 * reloads; other tabs keep what is half-written and say so themselves. Never by itself.
 */

export type AppUpdate = {
  /** Takes the new version and reloads this tab. */
  apply(): void;
};

const CHECK_EVERY_MILLIS = 30 * 60_000;

/** @param onWaiting called when a new version waits to be taken */
export function watchForUpdates(options: {
  readonly workerUrl: string;
  readonly onWaiting: () => void;
  readonly onFailed: (cause: unknown) => void;
}): AppUpdate {
  const { onWaiting, onFailed } = options;
  let waiting: ServiceWorker | null = null;
  let isAsked = false;
  const isOffered = 'serviceWorker' in navigator && import.meta.env.PROD;
  if (!isOffered) return { apply: () => location.reload() };

  const { serviceWorker } = navigator;
  const hadWorker = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
    else if (hadWorker) onWaiting(); // another tab took the new version; this one runs on until asked
  });

  function offer(worker: ServiceWorker | null): void {
    if (!worker || !serviceWorker.controller) return;
    waiting = worker;
    onWaiting();
  }

  async function register(): Promise<void> {
    const registration = await serviceWorker.register(options.workerUrl, {
      scope: '/',
      updateViaCache: 'none',
    });
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed') offer(installing);
      });
    });
    const check = (): void => {
      if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
    };
    setInterval(check, CHECK_EVERY_MILLIS);
    document.addEventListener('visibilitychange', check);
  }

  register().catch(onFailed);
  return {
    apply() {
      isAsked = true;
      if (waiting && waiting.state === 'installed') waiting.postMessage('takeOver');
      else location.reload();
    },
  };
}
