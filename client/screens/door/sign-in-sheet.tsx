/** For whoever is signed out: the code of an invitation, typed. A link does the same by being opened. */

import { createSignal, Show } from 'solid-js';
import type { Preview } from '../../actions/account.ts';
import { Sheet } from '../../parts/sheet.tsx';
import { useApp } from '../shell/app-context.ts';
import { NameForm } from './name-form.tsx';

export function SignInSheet(props: { onClose: () => void }) {
  const { state, actions } = useApp();
  const [code, setCode] = createSignal('');
  const [preview, setPreview] = createSignal<Preview | null>(null);
  const [problem, setProblem] = createSignal(state.standing?.problem ?? '');

  async function look(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await actions.account.look({ code: code() });
    if (answer.ok) setPreview(answer.value);
    else setProblem(answer.sentence);
  }

  async function usePasskey(): Promise<void> {
    const answer = await actions.account.signIn();
    if (answer.ok) location.replace('/');
    else setProblem(answer.sentence);
  }

  async function join(name: string) {
    const answer = await actions.account.join({ code: code() }, preview()?.account ?? name);
    if (answer.ok) location.replace(answer.value === null ? '/' : `/i/${answer.value}`);
    return answer;
  }

  return (
    <Sheet label="Sign in" onClose={props.onClose}>
      <Show when={actions.account.hasPasskeys && !preview()}>
        <button type="button" class="button big go door-wide" onClick={() => void usePasskey()}>
          Sign in with a passkey
        </button>
      </Show>
      <p class="note door-note">
        Open the link of an invitation on this phone, or type its code here. Whoever invites you
        sees both. What you wrote stays on this phone, and goes once you are in.
      </p>
      <Show
        when={preview()}
        fallback={
          <form class="door-form" onSubmit={(event) => void look(event)}>
            <label class="label" for="code">
              Code
            </label>
            <input
              id="code"
              class="field mono"
              autocomplete="one-time-code"
              autocapitalize="characters"
              spellcheck={false}
              enterkeyhint="go"
              maxLength={20}
              placeholder="ABCD-EFGH"
              value={code()}
              aria-describedby="code-problem"
              onInput={(event) => setCode(event.currentTarget.value)}
            />
            <button type="submit" class="button big go">
              Go on
            </button>
            <p class="note" id="code-problem" role="alert">
              {problem()}
            </p>
          </form>
        }
      >
        {(found) => (
          <>
            <p>
              {found().account === null
                ? `${found().by || 'Somebody'} invites you.`
                : `You sign in as ${found().account}.`}
            </p>
            <NameForm word="Come in" isNamed={found().account !== null} enter={join} />
          </>
        )}
      </Show>
    </Sheet>
  );
}
