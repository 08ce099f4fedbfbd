/** A press takes the focus away when it begins, and hits what is under it when it ends: nothing may move in between. */

let isPressed = false;
addEventListener('pointerdown', () => (isPressed = true), true);
for (const end of ['pointerup', 'pointercancel'])
  addEventListener(end, () => (isPressed = false), true);

/** Acts once whatever is being pressed was hit. */
export function afterPress(act: () => void): void {
  // The click comes in the same task as the end of the press, and a finger's focus moves only in that task.
  const later = (): void => void setTimeout(act);
  if (!isPressed) later();
  else addEventListener('pointerup', later, { once: true, capture: true });
}
