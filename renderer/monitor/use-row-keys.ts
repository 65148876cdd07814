import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { movedRow } from './moved-row.ts';

interface RowKeys {
  /** The row that Tab leads to; undefined where there is none yet, or it went away. */
  readonly activeMac: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly activate: (mac: string) => void;
}

interface RowKeysOptions {
  readonly macs: readonly string[];
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly table: RefObject<HTMLElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onOpen: (mac: string) => void;
  readonly onToggle: (mac: string) => void;
}

/** Walking a table by the keyboard: arrows, Home, End and pages move, Enter opens, the space bar selects. */
export function useRowKeys(options: RowKeysOptions): RowKeys {
  const { macs, rowHeight, headHeight, table, scroller, onOpen, onToggle } = options;
  const [activeMac, setActiveMac] = useState<string>();
  const wantsFocus = useRef(false);

  // A row far away is drawn only after the table scrolled to it.
  useEffect(() => {
    if (!wantsFocus.current || activeMac === undefined) return;
    const row = table.current?.querySelector<HTMLElement>(`[data-mac="${activeMac}"]`);
    if (row === null || row === undefined) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  const show = (index: number): void => {
    const view = scroller.current;
    if (view === null || table.current === null) return;
    const top = table.current.offsetTop - view.offsetTop + headHeight + index * rowHeight;
    if (top - headHeight < view.scrollTop) view.scrollTop = top - headHeight;
    else if (top + rowHeight > view.scrollTop + view.clientHeight) view.scrollTop = top + rowHeight - view.clientHeight;
  };

  return {
    activeMac: activeMac !== undefined && macs.includes(activeMac) ? activeMac : undefined,
    activate: setActiveMac,
    onKeyDown(event) {
      // What is in a row keeps its own keys.
      if (!(event.target instanceof HTMLElement) || event.target.dataset['mac'] === undefined) return;
      const { mac } = event.target.dataset;
      if (event.key === 'Enter') onOpen(mac);
      else if (event.key === ' ') onToggle(mac);
      else {
        const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
        const index = movedRow(event.key, macs.indexOf(mac), macs.length, page);
        const next = index === undefined ? undefined : macs[index];
        if (index === undefined || next === undefined) return;
        wantsFocus.current = true;
        setActiveMac(next);
        show(index);
      }
      event.preventDefault();
    },
  };
}
