/** The ways text leaves the app. Each says in words how it went; nothing here needs a network of ours. */

export type SentOut = 'done' | 'cancelled' | 'failed';

export async function copyText(text: string): Promise<SentOut> {
  try {
    await navigator.clipboard.writeText(text);
    return 'done';
  } catch {
    return 'failed'; // not asked by a tap, not allowed, or plain http: the browser does not say which
  }
}

export const canShare = 'share' in navigator;

export async function shareOut(data: ShareData): Promise<SentOut> {
  try {
    await navigator.share(data);
    return 'done';
  } catch (cause) {
    return cause instanceof Error && cause.name === 'AbortError' ? 'cancelled' : 'failed';
  }
}

/** As a file where the phone takes one, else as text. */
export function toShareData(name: string, text: string): ShareData {
  // Browsers share a short list of file types, and Markdown is not on it.
  const file = new File([text], `${name}.txt`, { type: 'text/plain' });
  const asFile = { title: name, files: [file] };
  return navigator.canShare?.(asFile) ? asFile : { title: name, text };
}
