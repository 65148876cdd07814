import type { MonitoredClient } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { MachineCard } from './machine-card.tsx';
import styles from './machine-grid.module.css';
import { monitorCatalogue } from './messages.ts';

interface MachineGridProps {
  readonly clients: readonly MonitoredClient[];
  readonly untilMs: number | undefined;
  readonly openMac: string | undefined;
  readonly onOpen: (mac: string) => void;
}

/** A bench: each machine is a card. */
export function MachineGrid({ clients, untilMs, openMac, onOpen }: MachineGridProps) {
  const messages = useMessages(monitorCatalogue);
  return (
    <ul className={styles.grid} aria-label={messages.table.label}>
      {clients.map((client) => (
        <li key={client.mac} className={styles.cell}>
          <MachineCard client={client} untilMs={untilMs} isOpen={client.mac === openMac} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}
