import type { MonitoredClient } from '../../main/contract/session.ts';
import { MachineCard } from './machine-card.tsx';
import styles from './machine-grid.module.css';
import { monitorMessages } from './messages.en.ts';

interface MachineGridProps {
  readonly clients: readonly MonitoredClient[];
  readonly untilMs: number | undefined;
  readonly openMac: string | undefined;
  readonly onOpen: (mac: string) => void;
}

/** A bench: each machine is a card. */
export function MachineGrid({ clients, untilMs, openMac, onOpen }: MachineGridProps) {
  return (
    <ul className={styles.grid} aria-label={monitorMessages.table.label}>
      {clients.map((client) => (
        <li key={client.mac} className={styles.cell}>
          <MachineCard client={client} untilMs={untilMs} isOpen={client.mac === openMac} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}
