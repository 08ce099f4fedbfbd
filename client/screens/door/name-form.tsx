/** The name somebody comes in with, and the one button. What did not work is said below it. */

import { createSignal, type JSX, Show } from 'solid-js';
import type { Answer } from '../../actions/account.ts';
import { useApp } from '../shell/app-context.ts';
import './door.css';

export function NameForm(props: {
  word: string;
  /** Somebody who has a name on the server keeps that. */
  isNamed?: boolean;
  enter: (name: string) => Promise<Answer<unknown>>;
  children?: JSX.Element;
}) {
  const { state } = useApp();
  const [name, setName] = createSignal(state.identity.name);
  const [problem, setProblem] = createSignal('');
  const [isBusy, setIsBusy] = createSignal(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy()) return;
    setIsBusy(true);
    setProblem('');
    try {
      const answer = await props.enter(name());
      if (!answer.ok) setProblem(answer.sentence);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form class="door-form" onSubmit={(event) => void submit(event)}>
      <Show when={!props.isNamed}>
        <label class="label" for="door-name">
          Your name in the log
        </label>
        <input
          id="door-name"
          class="field"
          autocomplete="name"
          autocapitalize="words"
          enterkeyhint="go"
          maxLength={60}
          value={name()}
          aria-describedby="door-problem"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Show>
      {props.children}
      <button type="submit" class="button big go" aria-busy={isBusy()}>
        {props.word}
      </button>
      <p class="note door-foot" id="door-problem" role="alert">
        {problem()}
      </p>
    </form>
  );
}
