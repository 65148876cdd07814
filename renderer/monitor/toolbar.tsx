import { ArrowUpDown, LayoutGrid, Rows3, ScrollText, Search } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { EvidenceLegend } from './evidence-mark.tsx';
import { type MachineOrder, machineOrders } from './machine-order.ts';
import { monitorCatalogue } from './messages.ts';
import styles from './toolbar.module.css';

interface ToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly order: MachineOrder;
  readonly onOrder: (order: MachineOrder) => void;
  readonly view: 'cards' | 'table';
  readonly onView: (view: 'cards' | 'table') => void;
  readonly hasLog: boolean;
  readonly onLog: (hasLog: boolean) => void;
}

/** How the machines are shown. */
export function Toolbar({ search, onSearch, order, onOrder, view, onView, hasLog, onLog }: ToolbarProps) {
  const words = useMessages(monitorCatalogue).toolbar;
  const messages = useMessages(monitorCatalogue);
  return (
    <div className={styles.toolbar}>
      <div className={styles.search}>
        <Search aria-hidden />
        <Input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={search}
          onChange={({ target }) => onSearch(target.value)}
        />
      </div>
      <Menu
        trigger={
          <Button kind="quiet" icon={<ArrowUpDown aria-hidden />}>
            {words.sort(messages.order[order])}
          </Button>
        }
        items={machineOrders.map((one) => ({
          id: one,
          label: messages.order[one],
          onChoose: () => onOrder(one),
        }))}
      />
      <div className={styles.legend}>
        <EvidenceLegend />
      </div>
      <Segmented
        label={words.view}
        value={view}
        options={[
          { value: 'cards', label: words.cards, icon: <LayoutGrid aria-hidden /> },
          { value: 'table', label: words.table, icon: <Rows3 aria-hidden /> },
        ]}
        onChange={onView}
      />
      <Button
        kind="quiet"
        icon={<ScrollText aria-hidden />}
        aria-pressed={hasLog}
        className={hasLog ? styles.pressed : undefined}
        onClick={() => onLog(!hasLog)}
      >
        {words.log}
      </Button>
    </div>
  );
}
