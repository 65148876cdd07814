import { Hand } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import styles from './approval-band.module.css';
import { ApproveMany } from './approve-many.tsx';
import { groupOf } from './machine-groups.ts';
import { monitorCatalogue } from './messages.ts';
import { useMayDecide } from './use-may-decide.ts';

/** Somebody stands at a machine and waits: said above everything else. */
export const ApprovalBand = memo(function ApprovalBand() {
  const words = useMessages(monitorCatalogue).approval;
  const clients = useStation((station) => station.clients);
  const isOver = useStation(({ session }) => session?.endedAtMs !== undefined);
  const mayDecide = useMayDecide();
  const clientIds = useMemo(
    () => clients.filter((client) => groupOf(client) === 'waiting').map(({ id }) => id),
    [clients],
  );
  if (clientIds.length === 0 || isOver) return null;
  return (
    <div className={styles.band} role="status">
      <Hand className={styles.icon} aria-hidden />
      <p className={styles.words}>
        <strong>{words.band(clientIds.length)}.</strong> {words.bandText}
      </p>
      {mayDecide && clientIds.length > 1 && <ApproveMany clientIds={clientIds} label={words.all} />}
    </div>
  );
});
