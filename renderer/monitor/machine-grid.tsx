import { type RefObject, memo, useEffect, useRef, useState } from 'react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { DistantCard } from './distant-card.tsx';
import { MachineCard, type MachineProps } from './machine-card.tsx';
import styles from './machine-grid.module.css';
import { titleOf } from './machine-title.ts';
import { monitorCatalogue } from './messages.ts';
import { type WatchNearness, useNearness } from './use-nearness.ts';

/** Up to here every card is drawn whole: that costs nothing that anybody notices. */
const manyCards = 48;
/** Drawn whole before it is known what is in sight. */
const firstCards = 15;

interface MachineGridProps extends Pick<MachineProps, 'untilMs' | 'onOpen'> {
  readonly clients: readonly MonitoredClient[];
  readonly openId: string | undefined;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** A bench: each machine is a card. Of very many, those far out of sight are drawn by their names only. */
export function MachineGrid({ clients, untilMs, openId, onOpen, scroller }: MachineGridProps) {
  const messages = useMessages(monitorCatalogue);
  const watch = useNearness(scroller);
  const isMany = clients.length > manyCards;
  return (
    <ul className={styles.grid} aria-label={messages.table.label}>
      {clients.map((client, index) => {
        const card = { client, untilMs, isOpen: client.id === openId, onOpen };
        return isMany ? (
          <WatchedCell key={client.id} {...card} watch={watch} isFirst={index < firstCards} />
        ) : (
          <li key={client.id} className={styles.cell}>
            <MachineCard {...card} />
          </li>
        );
      })}
    </ul>
  );
}

interface WatchedCellProps extends MachineProps {
  readonly watch: WatchNearness;
  readonly isFirst: boolean;
}

const WatchedCell = memo(function WatchedCell({ watch, isFirst, ...card }: WatchedCellProps) {
  const [isNear, setIsNear] = useState(isFirst);
  const cell = useRef<HTMLLIElement>(null);
  useEffect(() => (cell.current === null ? undefined : watch(cell.current, setIsNear)), [watch]);
  const { client, onOpen } = card;
  return (
    <li ref={cell} className={styles.cell}>
      {isNear ? (
        <MachineCard {...card} />
      ) : (
        <DistantCard clientId={client.id} mac={client.mac} title={titleOf(client)} onOpen={onOpen} />
      )}
    </li>
  );
});
