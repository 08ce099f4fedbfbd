/** What the invite sheet hands on: an invitation of the server, or, while nobody owns it, the plain address. */

import { createEffect, createResource, createSignal, on } from 'solid-js';
import type { Invited } from '../../actions/account.ts';
import { useApp } from '../shell/app-context.ts';

export type Right = 'log' | 'view';

const GUEST_HOURS = 24;
/** A sheet that opens again shows the same code, for as long as one can still be typed. */
const made = new Map<string, Invited>();
const MIN_LEFT_MILLIS = 60_000;

export function createInvitation(incident: string) {
  const { state, actions, clock } = useApp();
  const [right, setRight] = createSignal<Right>('log');
  const needsOne = () => {
    const role = state.standing?.account?.role;
    return role === 'owner' || role === 'responder';
  };

  async function make(wanted: Right): Promise<Invited | string> {
    const key = `${incident} ${wanted}`;
    const known = made.get(key);
    if (known && known.codeExpiresAt - clock.trueNow() > MIN_LEFT_MILLIS) return known;
    const answer = await actions.account.invite({
      for: 'incident',
      incident,
      right: wanted,
      hours: GUEST_HOURS,
    });
    if (!answer.ok) return answer.sentence;
    made.set(key, answer.value);
    return answer.value;
  }

  const [found, { refetch }] = createResource(() => (needsOne() ? right() : null), make);
  createEffect(on(needsOne, () => void refetch(), { defer: true }));
  const invited = (): Invited | null => {
    const answer = found();
    return answer && typeof answer !== 'string' ? answer : null;
  };
  return {
    right,
    setRight,
    /** Whoever joins by it comes as a guest; without one they need to be let in already. */
    invited,
    problem: () => {
      const answer = found();
      return typeof answer === 'string' ? answer : null;
    },
    isOwned: needsOne,
    link: (): string => {
      const answer = invited();
      return answer
        ? `${location.origin}/join#${answer.secret}`
        : new URL(`/i/${incident}`, location.href).href;
    },
  };
}
