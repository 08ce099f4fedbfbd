/** The browser's side of a passkey, in the words browsers themselves have for it. */

/** Older ones have passkeys and no such words; there a code signs in. */
export const hasPasskeys =
  globalThis.isSecureContext &&
  'PublicKeyCredential' in globalThis &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential;

type Asked<T> = (options: T) => Promise<Credential | null>;

/**
 * @param options as the server made them
 * @returns what the server wants to see; null when the person called it off
 */
export function makePasskey(options: unknown): Promise<unknown> {
  const ask: Asked<PublicKeyCredentialCreationOptionsJSON> = (json) =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json),
    });
  return hasUser(options) ? answer(() => ask(options)) : Promise.resolve(null);
}

/** @returns what the server wants to see; null when the person called it off */
export function usePasskey(options: unknown): Promise<unknown> {
  const ask: Asked<PublicKeyCredentialRequestOptionsJSON> = (json) =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json),
    });
  return hasChallenge(options) ? answer(() => ask(options)) : Promise.resolve(null);
}

/** Whoever closes the browser's dialog called it off, and the browser says no more than that. */
async function answer(ask: () => Promise<Credential | null>): Promise<unknown> {
  try {
    const found = await ask();
    return found instanceof PublicKeyCredential ? found.toJSON() : null;
  } catch {
    return null;
  }
}

function hasChallenge(value: unknown): value is PublicKeyCredentialRequestOptionsJSON {
  return typeof value === 'object' && value !== null && 'challenge' in value;
}

function hasUser(value: unknown): value is PublicKeyCredentialCreationOptionsJSON {
  return hasChallenge(value) && 'user' in value;
}
