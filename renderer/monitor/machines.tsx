import { SearchX } from 'lucide-react';
import { useDeferredValue, useMemo, useRef } from 'react';
import type { SessionState } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { MachineGrid } from './machine-grid.tsx';
import { type MachineChoice, type MachineOrder, arrange } from './machine-order.ts';
import { MachineTable } from './machine-table.tsx';
import styles from './machines.module.css';
import { monitorCatalogue } from './messages.ts';
import { WaitingForMachines } from './waiting-for-machines.tsx';

interface MachinesProps {
  readonly session: SessionState;
  readonly choice: MachineChoice;
  readonly onShowAll: () => void;
  readonly onOrder: (order: MachineOrder) => void;
  readonly view: 'cards' | 'table';
  readonly openId: string | undefined;
  readonly onOpen: (clientId: string) => void;
}

/** The machines that are to be shown, as cards or rows. */
export function Machines({ session, choice, onShowAll, onOrder, view, openId, onOpen }: MachinesProps) {
  const messages = useMessages(monitorCatalogue);
  const { group, search, order } = choice;
  // Two hundred machines that change four times a second are drawn in pieces, between which a click is answered.
  const clients = useDeferredValue(useStation((station) => station.clients));
  const shown = useMemo(() => arrange(clients, { group, search, order }), [clients, group, search, order]);
  const scroller = useRef<HTMLDivElement>(null);
  const common = { clients: shown, untilMs: session.endedAtMs, openId, onOpen, scroller };
  return (
    <div ref={scroller} className={styles.machines}>
      {clients.length === 0 ? (
        <WaitingForMachines session={session} />
      ) : shown.length === 0 ? (
        <EmptyState
          icon={<SearchX aria-hidden />}
          title={messages.noMatch.title}
          action={<Button onClick={onShowAll}>{messages.noMatch.clear}</Button>}
        >
          {messages.noMatch.text}
        </EmptyState>
      ) : view === 'cards' ? (
        <MachineGrid {...common} />
      ) : (
        <MachineTable {...common} order={order} onOrder={onOrder} />
      )}
    </div>
  );
}
