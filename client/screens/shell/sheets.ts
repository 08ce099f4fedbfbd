/** Sheets live in the address, so the phone's back gesture closes them and a link can open them. */

import { useLocation, useNavigate, useSearchParams } from '@solidjs/router';
import { type Accessor, createEffect, on } from 'solid-js';

export type SheetName =
  | 'declare'
  | 'you'
  | 'signIn'
  | 'team'
  | 'incident'
  | 'people'
  | 'status'
  | 'severity'
  | 'statement'
  | 'owner'
  | 'versions'
  | 'copy'
  | 'export';

/** What is chosen on top of a line's sheet. */
export type PickName = 'kind' | 'milestone' | 'versions';

type Search = { sheet: string; about: string; line: string; pick: string };

export type Sheets = {
  readonly sheet: Accessor<string | undefined>;
  /** The line whose sheet is open. */
  readonly line: Accessor<string | undefined>;
  readonly pick: Accessor<string | undefined>;
  /** What the sheet is about, where a name does not say it. */
  readonly about: Accessor<string | undefined>;
  open(sheet: SheetName, about?: string): void;
  openLine(id: string): void;
  /** A choice above the line's sheet; one choice leads to the next in its place. */
  openPick(pick: PickName): void;
  /** Closes what is on top. */
  close(): void;
};

/** Until the address has changed a sheet is still closing; a second tap must not leave the screen. */
let isClosing = false;

export function useSheets(): Sheets {
  const [search, setSearch] = useSearchParams<Search>();
  const location = useLocation<{ opened?: boolean }>();
  const navigate = useNavigate();
  createEffect(
    on([() => location.pathname, () => location.search], () => {
      isClosing = false;
    }),
  );
  return {
    sheet: () => search.sheet,
    line: () => search.line,
    pick: () => search.pick,
    about: () => search.about,
    open: (sheet, about) =>
      setSearch({ sheet, about, line: undefined, pick: undefined }, { state: { opened: true } }),
    openLine: (line) =>
      setSearch(
        { line, sheet: undefined, about: undefined, pick: undefined },
        { state: { opened: true } },
      ),
    openPick: (pick) =>
      setSearch({ pick }, { state: { opened: true }, replace: search.pick !== undefined }),
    close() {
      if (isClosing) return;
      isClosing = true;
      // Opened here: going back leaves no trace. Opened by a link: there is nothing to go back to.
      if (location.state?.opened) navigate(-1);
      else if (search.pick) setSearch({ pick: undefined }, { replace: true });
      else setSearch({ sheet: undefined, about: undefined, line: undefined }, { replace: true });
    },
  };
}
