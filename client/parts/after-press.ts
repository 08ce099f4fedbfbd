/** A press takes the focus away when it begins, and hits what is under it when it ends: nothing may move in between. */

const ENDS = ['pointerup', 'pointercancel'] as const;

let isPressed = false;
let waiting: (() => void)[] = [];

function end(): void {
  isPressed = false;
  // The click comes in the same task as the end of the press.
  for (const act of waiting) setTimeout(act);
  waiting = [];
}

addEventListener('pointerdown', () => (isPressed = true), true);
for (const name of ENDS) addEventListener(name, end, true);

/** Acts once whatever is being pressed was hit. */
export function afterPress(act: () => void): void {
  // A finger takes the focus away only when it is lifted, in the task of its click.
  if (isPressed) waiting.push(act);
  else setTimeout(act);
}
