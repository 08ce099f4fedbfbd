/** Whoever works by keys is never left on nothing: where what had the focus is gone, a neighbour gets it. */

export function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

/** An heir is no text field unless one was left: a phone would open its keyboard. */
export function passFocus(heir: HTMLElement | null | undefined): void {
  if (isFocusLost()) heir?.focus();
}
