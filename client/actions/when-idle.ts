/** Runs `act` when the page has nothing better to do. @returns a function that calls it off */
export function whenIdle(act: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = window.requestIdleCallback(act, { timeout: 5_000 });
    return () => window.cancelIdleCallback(handle);
  }
  const handle = setTimeout(act, 500); // Safari
  return () => clearTimeout(handle);
}
