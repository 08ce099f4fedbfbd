/** The first screen of all: a name, so that a line says whose it is. */

import { createSignal, Show } from 'solid-js';
import { Brand } from '../../parts/brand.tsx';
import { useApp } from '../shell/app-context.ts';
import { useSheets } from '../shell/sheets.ts';
import './welcome.css';

export function Welcome() {
  const { state, actions } = useApp();
  const sheets = useSheets();
  const [name, setName] = createSignal('');
  const [isMissing, setIsMissing] = createSignal(false);

  return (
    <main class="screen welcome">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setIsMissing(!actions.rename(name()));
        }}
      >
        <Brand />
        <h1>Log an incident with one thumb. With or without signal.</h1>
        <label class="label" for="name">
          Your name in the log
        </label>
        <input
          id="name"
          class="field"
          autocomplete="name"
          autocapitalize="words"
          enterkeyhint="done"
          maxLength={60}
          value={name()}
          aria-describedby="name-note"
          aria-invalid={isMissing()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <p class="note" id="name-note" role="status">
          {isMissing()
            ? 'Write a name first. Your team sees it beside your lines.'
            : 'Your team sees it beside your lines. You can change it later.'}
        </p>
        <button type="submit" class="button big go">
          Start
        </button>
        <Show when={state.standing?.door === 'signedOut'}>
          <button type="button" class="button big" onClick={() => sheets.open('signIn')}>
            I have a code or a passkey
          </button>
        </Show>
      </form>
    </main>
  );
}
