/** Opened by the link in the server's log: whoever gives a name here owns this Logline. */

import { Show } from 'solid-js';
import { Brand } from '../../parts/brand.tsx';
import { useApp } from '../shell/app-context.ts';
import { NameForm } from './name-form.tsx';
import './door.css';

export function ClaimScreen() {
  const { state, actions } = useApp();
  const secret = location.hash.slice(1);
  const isOwned = () => state.standing?.door === 'signedIn' || state.standing?.door === 'signedOut';

  async function claim(name: string) {
    const answer = await actions.account.claim(secret, name);
    if (answer.ok) location.replace('/'); // everything that was signed out starts anew
    return answer;
  }

  return (
    <div class="screen door">
      <div class="door-body">
        <Brand />
        <Show
          when={!isOwned()}
          fallback={
            <>
              <h1>Somebody owns this Logline already.</h1>
              <p class="note">Ask them for an invitation. Their name is on the one you get.</p>
              <a class="button big" href="/">
                All incidents
              </a>
            </>
          }
        >
          <h1>Make this Logline yours.</h1>
          <p class="note">
            You become its owner: you invite the others and say who may do what. Everything that was
            logged while trying it stays.
          </p>
          <NameForm word="Claim it" enter={claim} />
        </Show>
      </div>
    </div>
  );
}
