/** You and this phone: name, look, whose clock, installing, a new version. */

import { createSignal, Match, Show, Switch } from 'solid-js';
import type { Theme } from '../../../shared/domain/preferences.ts';
import { Choice } from '../../parts/choice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { ZoneChoice } from '../shell/zone-choice.tsx';
import { AccountGroup } from './account-group.tsx';
import { PhoneStorage } from './phone-storage.tsx';

const THEMES: readonly { value: Theme; word: string }[] = [
  { value: 'system', word: 'As the phone' },
  { value: 'dark', word: 'Dark' },
  { value: 'light', word: 'Light' },
];

export function YouSheet(props: { onClose: () => void }) {
  const { state, actions, update } = useApp();
  const [isMissing, setIsMissing] = createSignal(false);

  return (
    <Sheet label="You and this phone" onClose={props.onClose}>
      <div class="group">
        <label class="label" for="your-name">
          Your name in the log
        </label>
        <input
          id="your-name"
          class="field"
          autocomplete="name"
          maxLength={60}
          value={state.identity.name}
          aria-describedby="your-name-note"
          onChange={(event) => {
            const isKept = actions.rename(event.currentTarget.value);
            setIsMissing(!isKept);
            if (!isKept) event.currentTarget.value = state.identity.name;
          }}
        />
        <p class="note" id="your-name-note" role="status">
          {isMissing() ? 'A name needs at least one letter. You keep the one you have.' : ''}
        </p>
      </div>
      <AccountGroup />
      <div class="group">
        <p class="label">Look</p>
        <Choice
          label="Look"
          options={THEMES}
          value={state.preferences.theme}
          onChoose={(theme) => actions.setPreferences({ ...state.preferences, theme })}
        />
      </div>
      <ZoneChoice note={`My zone is ${state.viewerZone}.`} />
      <div class="group">
        <p class="label">On this phone</p>
        <Switch
          fallback={
            <p class="note">
              To keep Logline at hand and its storage safe, open the browser’s menu and choose “Add
              to Home Screen” or “Install”.
            </p>
          }
        >
          <Match when={state.install.type === 'installed'}>
            <p class="note">Installed. It opens without a network.</p>
          </Match>
          <Match when={state.install.type === 'offered' && state.install}>
            {(offer) => (
              <button type="button" class="button" onClick={() => void offer().ask()}>
                Install Logline
              </button>
            )}
          </Match>
        </Switch>
      </div>
      <PhoneStorage />
      <Show when={state.update === 'waiting'}>
        <div class="group">
          <p class="label">A new version is ready</p>
          <button type="button" class="button go" onClick={() => update.apply()}>
            Update now
          </button>
        </div>
      </Show>
    </Sheet>
  );
}
