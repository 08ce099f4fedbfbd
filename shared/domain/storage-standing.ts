/** How the browser keeps this phone's storage. */

export type StorageStanding = {
  /** Null: the browser does not say. */
  readonly isKept: boolean | null;
  readonly usedBytes: number | null;
  readonly freeBytes: number | null;
};
