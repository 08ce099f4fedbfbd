/** A text field, as far as binding a shared text to it needs one, and the binding. */

export type Selection = { readonly start: number; readonly end: number };

export type TextField = {
  read(): { readonly value: string; readonly selection: Selection };
  write(value: string, selection: Selection): void;
};

export type TextBinding = {
  /** To be called after every input, and when a composition begins and ends. @returns whether it was accepted */
  onInput(): boolean;
  onCompositionStart(): void;
  onCompositionEnd(): boolean;
  /** Gives up what the field holds and was not taken; it shows the shared text again. */
  revert(): void;
  stop(): void;
};
