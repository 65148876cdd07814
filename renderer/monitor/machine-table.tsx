import { ArrowDown } from 'lucide-react';
import { type RefObject, useCallback, useRef, useState } from 'react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { groupOf } from './machine-groups.ts';
import type { MachineOrder } from './machine-order.ts';
import { MachineRow } from './machine-row.tsx';
import styles from './machine-table.module.css';
import type { monitorMessages } from './messages.en.ts';
import { monitorCatalogue } from './messages.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useMayDecide } from './use-may-decide.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useVisibleRange } from './use-visible-range.ts';

const rowHeight = 40;
const headHeight = 37;

interface Column {
  readonly id: Exclude<keyof typeof monitorMessages.table, 'label'>;
  /** Width of the pane from which on there is room for it. */
  readonly from?: number;
  readonly order?: MachineOrder;
  readonly isNumber?: true;
}

const columns: readonly Column[] = [
  { id: 'machine', order: 'name' },
  { id: 'mac', from: 780 },
  { id: 'model', from: 960 },
  { id: 'serial', from: 1400 },
  { id: 'firmware', from: 960 },
  { id: 'rail' },
  { id: 'stage', order: 'stage' },
  { id: 'percent', isNumber: true },
  { id: 'rate', isNumber: true },
  { id: 'time', isNumber: true },
  { id: 'sentence', from: 1180 },
];

interface MachineTableProps {
  readonly clients: readonly MonitoredClient[];
  readonly untilMs: number | undefined;
  readonly openId: string | undefined;
  readonly onOpen: (clientId: string) => void;
  readonly order: MachineOrder;
  readonly onOrder: (order: MachineOrder) => void;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** A lab: each machine is a row. Only the rows in sight are drawn. */
export function MachineTable({ clients, untilMs, openId, onOpen, order, onOrder, scroller }: MachineTableProps) {
  const words = useMessages(monitorCatalogue).table;
  const messages = useMessages(monitorCatalogue);
  const mayDecide = useMayDecide();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { from, to } = useVisibleRange(scroller, clients.length, rowHeight);
  const onSelect = useCallback((clientId: string, isSelected: boolean): void => {
    setSelected((before) => {
      const after = new Set(before);
      if (isSelected) after.add(clientId);
      else after.delete(clientId);
      return after;
    });
  }, []);
  const table = useRef<HTMLDivElement>(null);
  const keys = useRowKeys({
    clientIds: clients.map(({ id }) => id),
    rowHeight,
    headHeight,
    table,
    scroller,
    onOpen,
    onToggle: (id) => onSelect(id, !selected.has(id)),
  });
  const inSight = clients.slice(from, to);
  const tabId = inSight.some(({ id }) => id === keys.activeId) ? keys.activeId : inSight[0]?.id;
  const chosen = clients.filter(({ id }) => selected.has(id));
  const clear = (): void => setSelected(new Set());
  return (
    <>
      <div
        ref={table}
        className={styles.table}
        role="grid"
        aria-label={words.label}
        aria-rowcount={clients.length + 1}
        aria-multiselectable
        onKeyDown={keys.onKeyDown}
      >
        <div className={styles.head} role="row" aria-rowindex={1}>
          <div role="columnheader">
            <Checkbox
              label={messages.selection.all}
              checked={chosen.length > 0 && chosen.length === clients.length}
              mixed={chosen.length > 0 && chosen.length < clients.length}
              onChange={(isAll) => setSelected(new Set(isAll ? clients.map(({ id }) => id) : []))}
            />
          </div>
          {columns.map((column) => (
            <Heading key={column.id} column={column} order={order} onOrder={onOrder} />
          ))}
        </div>
        <div role="presentation" style={{ height: from * rowHeight }} />
        {inSight.map((client, index) => (
          <MachineRow
            key={client.id}
            client={client}
            rowIndex={from + index + 2}
            untilMs={untilMs}
            isOpen={client.id === openId}
            isSelected={selected.has(client.id)}
            isTabStop={client.id === tabId}
            onFocus={keys.activate}
            onOpen={onOpen}
            onSelect={onSelect}
          />
        ))}
        <div role="presentation" style={{ height: (clients.length - to) * rowHeight }} />
      </div>
      {chosen.length > 0 && (
        <SelectionBar
          chosen={chosen}
          waiting={!mayDecide ? [] : chosen.filter((client) => groupOf(client) === 'waiting').map(({ id }) => id)}
          onClear={clear}
        />
      )}
    </>
  );
}

function Heading({
  column,
  order,
  onOrder,
}: { readonly column: Column } & Pick<MachineTableProps, 'order' | 'onOrder'>) {
  const words = useMessages(monitorCatalogue).table;
  const { id, from, order: own, isNumber } = column;
  const sort = own === undefined ? undefined : own !== order ? 'none' : own === 'stage' ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={sort} data-from={from} data-number={isNumber}>
      {own === undefined ? (
        words[id]
      ) : (
        <button
          type="button"
          className={styles.sort}
          data-chosen={own === order}
          onClick={() => onOrder(own === order ? 'attention' : own)}
        >
          {words[id]}
          <ArrowDown aria-hidden />
        </button>
      )}
    </div>
  );
}
