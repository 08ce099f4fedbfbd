/** Sheets live in the address, so the phone's back gesture closes them and a link can open them. */

import { useLocation, useNavigate, useSearchParams } from '@solidjs/router';
import type { Accessor } from 'solid-js';

export type SheetName = 'declare' | 'you' | 'incident' | 'people' | 'status' | 'severity';

type Search = { sheet: string; line: string };

export type Sheets = {
  readonly sheet: Accessor<string | undefined>;
  /** The line whose sheet is open. */
  readonly line: Accessor<string | undefined>;
  open(sheet: SheetName): void;
  openLine(id: string): void;
  close(): void;
};

export function useSheets(): Sheets {
  const [search, setSearch] = useSearchParams<Search>();
  const location = useLocation<{ opened?: boolean }>();
  const navigate = useNavigate();
  return {
    sheet: () => search.sheet,
    line: () => search.line,
    open: (sheet) => setSearch({ sheet, line: undefined }, { state: { opened: true } }),
    openLine: (line) => setSearch({ line, sheet: undefined }, { state: { opened: true } }),
    close() {
      // Opened here: going back leaves no trace. Opened by a link: there is nothing to go back to.
      if (location.state?.opened) navigate(-1);
      else setSearch({ sheet: undefined, line: undefined }, { replace: true });
    },
  };
}
