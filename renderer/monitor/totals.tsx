import { memo, useMemo } from 'react';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { Lamp } from '../ui/badge.tsx';
import { type MachineGroup, countGroups, groupTones } from './machine-groups.ts';
import { monitorCatalogue } from './messages.ts';
import styles from './totals.module.css';

const shownGroups = ['waiting', 'booting', 'running', 'trouble'] as const;

interface TotalsProps {
  readonly chosen: MachineGroup | undefined;
  readonly onChoose: (group: MachineGroup | undefined) => void;
}

/** How many machines are where. Each figure shows its machines only. */
export const Totals = memo(function Totals({ chosen, onChoose }: TotalsProps) {
  const words = useMessages(monitorCatalogue).totals;
  const clients = useStation((station) => station.clients);
  const counts = useMemo(() => countGroups(clients), [clients]);
  return (
    <div className={styles.totals} role="group" aria-label={words.label}>
      <Total
        count={clients.length}
        label={words.all}
        pressed={chosen === undefined}
        onPress={() => onChoose(undefined)}
      />
      {shownGroups.map((group) => (
        <Total
          key={group}
          group={group}
          count={counts[group]}
          label={words[group]}
          pressed={chosen === group}
          onPress={() => onChoose(chosen === group ? undefined : group)}
        />
      ))}
    </div>
  );
});

interface TotalProps {
  readonly group?: MachineGroup | undefined;
  readonly count: number;
  readonly label: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

function Total({ group, count, label, pressed, onPress }: TotalProps) {
  const format = useFormats();
  const tone = group === undefined ? 'neutral' : groupTones[group];
  return (
    <button
      type="button"
      className={styles.total}
      aria-pressed={pressed}
      data-tone={tone}
      data-none={count === 0}
      onClick={onPress}
    >
      <span className={styles.figure}>{format.number(count)}</span>
      <span className={styles.label}>
        {group !== undefined && <Lamp tone={count === 0 ? 'neutral' : tone} />}
        {label}
      </span>
    </button>
  );
}
