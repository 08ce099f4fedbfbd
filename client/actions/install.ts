/** Installing to the home screen, where the browser lets a page offer it. */

export type InstallState =
  | { readonly type: 'none' }
  /** `ask` shows the browser's own dialog. */
  | { readonly type: 'offered'; readonly ask: () => Promise<void> }
  | { readonly type: 'installed' };

type InstallPrompt = Event & { prompt(): Promise<unknown> };

export function watchInstall(onState: (state: InstallState) => void): void {
  if (window.matchMedia('(display-mode: standalone)').matches) onState({ type: 'installed' });
  window.addEventListener('beforeinstallprompt', (event) => {
    if (!isInstallPrompt(event)) return;
    event.preventDefault();
    onState({
      type: 'offered',
      ask: async () => {
        await event.prompt();
      },
    });
  });
  window.addEventListener('appinstalled', () => onState({ type: 'installed' }));
}

function isInstallPrompt(event: Event): event is InstallPrompt {
  return 'prompt' in event && typeof event.prompt === 'function';
}
