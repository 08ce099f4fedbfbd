/**
 * Who this browser is to the server. Nothing waits for it: a phone that is signed out, or has no network, opens and
 * writes as ever; only what needs the server says so.
 */

import { cleanName } from '../../shared/domain/entry-text.ts';
import type {
  Device,
  Invited,
  Known,
  KnownPasskey,
  OpenInvitation,
  Preview,
  Standing,
  Wish,
} from '../../shared/protocol/auth.ts';
import type { Answer, AuthApi, Key, Team } from '../sync/auth-api.ts';
import { hasPasskeys } from '../sync/passkeys.ts';
import type { Phone } from './phone.ts';

export type {
  Answer,
  Device,
  Invited,
  Key,
  Known,
  KnownPasskey,
  OpenInvitation,
  Preview,
  Standing,
  Team,
  Wish,
};

export type Account = {
  /** Whether this browser has passkeys, here. */
  readonly hasPasskeys: boolean;
  /** Asks the server how this browser stands; without a network nothing changes. */
  refresh(): Promise<void>;
  claim(secret: string, name: string): Promise<Answer<Standing>>;
  look(key: Key): Promise<Answer<Preview>>;
  /** @returns the incident a guest was invited to, null where it is everything */
  join(key: Key, name: string): Promise<Answer<string | null>>;
  /** By a passkey. */
  signIn(): Promise<Answer<Standing>>;
  signOut(): Promise<Answer<Standing>>;
  /** The name others see, on the server too where there is an account. */
  rename(name: string): Promise<void>;
  invite(wish: Wish): Promise<Answer<Invited>>;
  readonly team: Pick<
    AuthApi,
    | 'team'
    | 'changePerson'
    | 'revokeInvitation'
    | 'devices'
    | 'endDevice'
    | 'passkeys'
    | 'addPasskey'
    | 'removePasskey'
  >;
};

/** Whose phone it was last. */
const LAST_ACCOUNT = 'lastAccount';

const NO_NAME: Answer<never> = {
  ok: false,
  sentence: 'Write a name first. Your team sees it beside your lines.',
  isAway: false,
};

export function createAccount(options: {
  readonly phone: Phone;
  readonly api: AuthApi;
  readonly onStanding: (standing: Standing) => void;
  readonly onIdentity: () => void;
}): Account {
  const { phone, api, onIdentity } = options;
  let isIn = false;

  function onStanding(standing: Standing): void {
    isIn = standing.account !== null;
    options.onStanding(standing);
  }

  /**
   * The lines of one person carry one id and one name on all their devices. Whoever signs in on a phone that another
   * account used before takes over neither.
   */
  async function settle(standing: Standing): Promise<void> {
    const { account } = standing;
    if (account) {
      const before = await phone.log.readSetting(LAST_ACCOUNT);
      const { person, name } = phone.identity();
      if (account.person !== null && account.person !== person) await phone.become(account.person);
      if (before !== account.id || name === '') await phone.rename(account.name);
      if (before !== account.id) await phone.log.writeSetting(LAST_ACCOUNT, account.id);
      onIdentity();
    }
    onStanding(standing);
  }

  /** A disk that fails keeps nobody out: who this is counts for as long as the page lives. */
  async function settleAnyway(standing: Standing): Promise<void> {
    try {
      await settle(standing);
    } catch (cause) {
      phone.report(cause);
      onIdentity();
      onStanding(standing);
    }
  }

  return {
    hasPasskeys,
    async refresh() {
      const answer = await api.standing();
      if (answer.ok) await settleAnyway(answer.value);
    },
    async claim(secret, wanted) {
      const name = cleanName(wanted);
      if (name === '') return NO_NAME;
      const answer = await api.claim(secret, name, phone.identity().person);
      if (answer.ok) await settleAnyway(answer.value);
      return answer;
    },
    look: api.look,
    async join(key, wanted) {
      const name = cleanName(wanted);
      if (name === '') return NO_NAME;
      const answer = await api.join(key, name, phone.identity().person);
      if (!answer.ok) return answer;
      await settleAnyway(answer.value.standing);
      return { ok: true, value: answer.value.incident };
    },
    async signIn() {
      const answer = await api.signIn();
      if (answer.ok) await settleAnyway(answer.value);
      return answer;
    },
    async signOut() {
      const answer = await api.signOut();
      if (answer.ok) onStanding(answer.value);
      return answer;
    },
    async rename(name) {
      if (!isIn) return;
      const answer = await api.rename(name);
      if (answer.ok) onStanding(answer.value);
    },
    invite: api.invite,
    team: api,
  };
}
