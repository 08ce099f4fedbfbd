/** What every screen may look at: who this is, which incidents there are, whether the server is in reach. */

import { batch } from 'solid-js';
import type { ConnectionState, StorageTrouble } from '../../shared/domain/connection.ts';
import type { PersonId } from '../../shared/domain/id.ts';
import type { Identity, Preferences } from '../../shared/domain/preferences.ts';
import type { StorageStanding } from '../../shared/domain/storage-standing.ts';
import type { HomeRow } from '../../shared/domain/summary.ts';
import type { Zone } from '../../shared/domain/time.ts';
import type { Standing } from '../../shared/protocol/auth.ts';
import { createKeyedSignals } from './keyed-signals.ts';

/** A new version waits to be used; the app asks and never takes it by itself. */
export type UpdateState = 'none' | 'waiting';

export type InstallState =
  | { readonly type: 'none' }
  /** The browser offers to install; `ask` shows its dialog. */
  | { readonly type: 'offered'; readonly ask: () => Promise<void> }
  | { readonly type: 'installed' };

export type Signals = {
  readonly identity: Identity;
  readonly preferences: Preferences;
  /** Null until the phone's own rows have been read. */
  readonly homeRows: readonly HomeRow[] | null;
  /** Null until it has been read, and while it cannot be. */
  readonly waitingByIncident: ReadonlyMap<string, number> | null;
  /** Incidents of which the server takes nothing more from this page. */
  readonly refused: ReadonlySet<string>;
  readonly directory: ConnectionState;
  /** How this browser stands with the server; null until it was asked. */
  readonly standing: Standing | null;
  /** When the directory was last heard from. */
  readonly lastContact: number | null;
  readonly trouble: StorageTrouble | null;
  readonly update: UpdateState;
  readonly install: InstallState;
  /** Null until the browser was asked. */
  readonly storage: StorageStanding | null;
  /** The browser threw away what this phone had stored, and with it so many lines that were nowhere else. */
  readonly lost: { readonly lines: number } | null;
};

/** Reading a field is tracked, as reading a signal is. */
export type AppState = Signals & {
  readonly viewerZone: Zone;
  isMe(person: PersonId): boolean;
};

export type ChangeAppState = (changes: Partial<Signals>) => void;

export function createAppState(initial: Signals, viewerZone: Zone): [AppState, ChangeAppState] {
  let values = initial;
  const cells = createKeyedSignals((_key: keyof Signals) => values);
  const state: AppState = {
    get identity() {
      return cells.read('identity').identity;
    },
    get preferences() {
      return cells.read('preferences').preferences;
    },
    get standing() {
      return cells.read('standing').standing;
    },
    get homeRows() {
      return cells.read('homeRows').homeRows;
    },
    get waitingByIncident() {
      return cells.read('waitingByIncident').waitingByIncident;
    },
    get refused() {
      return cells.read('refused').refused;
    },
    get directory() {
      return cells.read('directory').directory;
    },
    get lastContact() {
      return cells.read('lastContact').lastContact;
    },
    get trouble() {
      return cells.read('trouble').trouble;
    },
    get update() {
      return cells.read('update').update;
    },
    get install() {
      return cells.read('install').install;
    },
    get storage() {
      return cells.read('storage').storage;
    },
    get lost() {
      return cells.read('lost').lost;
    },
    viewerZone,
    isMe: (person) => state.identity.person === person,
  };

  return [
    state,
    (changes) => {
      values = { ...values, ...changes };
      batch(() => {
        for (const key of KEYS) if (key in changes) cells.touch([key]);
      });
    },
  ];
}

const KEYS = [
  'identity',
  'preferences',
  'homeRows',
  'waitingByIncident',
  'refused',
  'directory',
  'lastContact',
  'trouble',
  'update',
  'install',
  'storage',
  'lost',
  'standing',
] as const satisfies readonly (keyof Signals)[];

/** One that is missing would change without anybody being told. */
type Missing = Exclude<keyof Signals, (typeof KEYS)[number]>;
const isComplete: Missing extends never ? true : never = true;
void isComplete;
