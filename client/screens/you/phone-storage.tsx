/** What is on this phone, whether the browser will keep it, and what could not be read. */

import { createResource, Show } from 'solid-js';
import { useApp } from '../shell/app-context.ts';
import { saveAsFile } from '../shell/save-as-file.ts';
import { countLines } from '../shell/words.ts';

const MEGABYTE = 1_000_000;

export function PhoneStorage() {
  const { state, actions } = useApp();
  const [setAside, { mutate }] = createResource(() => actions.readQuarantine().catch(() => []));
  const waiting = (): number | null =>
    state.waitingByIncident &&
    [...state.waitingByIncident.values()].reduce((sum, lines) => sum + lines, 0);

  async function clear(): Promise<void> {
    await actions.clearQuarantine();
    mutate([]);
  }

  return (
    <div class="group">
      <p class="label">Storage</p>
      <p class="note">{toWaitingWords(waiting())}</p>
      <Show when={state.storage}>
        {(storage) => (
          <p class="note">
            {storage().isKept
              ? 'The browser keeps what is stored here.'
              : 'The browser may clear what is stored here when space runs out or after weeks without use. Install the app to prevent that.'}{' '}
            {toSpace(storage().usedBytes, storage().freeBytes)}
          </p>
        )}
      </Show>
      <Show when={(setAside() ?? []).length > 0}>
        <p class="note">
          {(setAside() ?? []).length} stored {(setAside() ?? []).length === 1 ? 'piece' : 'pieces'}{' '}
          could not be read and {(setAside() ?? []).length === 1 ? 'is' : 'are'} kept aside.
        </p>
        <button
          type="button"
          class="button"
          onClick={() =>
            saveAsFile('logline-kept-aside.json', 'application/json', toFile(setAside() ?? []))
          }
        >
          Save them as a file
        </button>
        <button type="button" class="button danger" onClick={() => void clear()}>
          Delete them
        </button>
      </Show>
    </div>
  );
}

function toWaitingWords(lines: number | null): string {
  if (lines === null) return 'Which lines of this phone are on the server cannot be read now.';
  if (lines === 0) return 'Every line of this phone is on the server.';
  return `${countLines(lines)} of this phone ${lines === 1 ? 'is' : 'are'} not on the server yet.`;
}

function toSpace(used: number | null, free: number | null): string {
  if (used === null || free === null) return '';
  const toWords = (bytes: number): string => {
    if (bytes >= 1_000 * MEGABYTE) return `${(bytes / MEGABYTE / 1_000).toFixed(1)} GB`;
    return `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0)} MB`;
  };
  return `${toWords(used)} used, ${toWords(free)} free.`;
}

/** Bytes as lists of numbers: whoever looks at it has to see everything that was there. */
function toFile(rows: readonly unknown[]): string {
  return JSON.stringify(
    rows,
    (_key, value: unknown) => (value instanceof Uint8Array ? [...value] : value),
    2,
  );
}
