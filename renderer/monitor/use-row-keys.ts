import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { movedRow } from './moved-row.ts';

interface RowKeys {
  /** The row that Tab leads to; undefined where there is none yet, or it went away. */
  readonly activeId: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly activate: (clientId: string) => void;
}

interface RowKeysOptions {
  readonly clientIds: readonly string[];
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly table: RefObject<HTMLElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onOpen: (clientId: string) => void;
  readonly onToggle: (clientId: string) => void;
}

/** Walking a table by the keyboard: arrows, Home, End and pages move, Enter opens, the space bar selects. */
export function useRowKeys(options: RowKeysOptions): RowKeys {
  const { clientIds, rowHeight, headHeight, table, scroller, onOpen, onToggle } = options;
  const [activeId, setActiveId] = useState<string>();
  const wantsFocus = useRef(false);

  // A row far away is drawn only after the table scrolled to it.
  useEffect(() => {
    if (!wantsFocus.current || activeId === undefined) return;
    const row = table.current?.querySelector<HTMLElement>(`[data-client="${CSS.escape(activeId)}"]`);
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
    activeId: activeId !== undefined && clientIds.includes(activeId) ? activeId : undefined,
    activate: setActiveId,
    onKeyDown(event) {
      // What is in a row keeps its own keys.
      if (!(event.target instanceof HTMLElement) || event.target.dataset['client'] === undefined) return;
      const { client } = event.target.dataset;
      if (event.key === 'Enter') onOpen(client);
      else if (event.key === ' ') onToggle(client);
      else {
        const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
        const index = movedRow(event.key, clientIds.indexOf(client), clientIds.length, page);
        const next = index === undefined ? undefined : clientIds[index];
        if (index === undefined || next === undefined) return;
        wantsFocus.current = true;
        setActiveId(next);
        show(index);
      }
      event.preventDefault();
    },
  };
}
