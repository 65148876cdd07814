import { memo } from 'react';
import { useFormats, useMessages } from '../language/context.tsx';
import { sharedCatalogue } from '../app/messages.ts';
import { Lamp } from '../ui/badge.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { ApprovalButtons } from './approval-buttons.tsx';
import { Elapsed } from './elapsed.tsx';
import { EvidenceMark } from './evidence-mark.tsx';
import { type MachineProps, MachineRail } from './machine-card.tsx';
import { groupOf, groupTones } from './machine-groups.ts';
import { MachineName } from './machine-name.tsx';
import styles from './machine-table.module.css';
import { makeOf, titleOf } from './machine-title.ts';
import { monitorCatalogue } from './messages.ts';
import { useMayDecide } from './use-may-decide.ts';

interface MachineRowProps extends MachineProps {
  readonly rowIndex: number;
  readonly isSelected: boolean;
  /** Tab leads to this row; the arrow keys to the others. */
  readonly isTabStop: boolean;
  readonly onFocus: (clientId: string) => void;
  readonly onSelect: (clientId: string, isSelected: boolean) => void;
}

/** One machine of a lab. Drawn anew only when its own facts change. */
export const MachineRow = memo(function MachineRow(props: MachineRowProps) {
  const words = useMessages(monitorCatalogue);
  const messages = useMessages(monitorCatalogue);
  const { firmware: firmwareNames } = useMessages(sharedCatalogue);
  const format = useFormats();
  const { client, rowIndex, untilMs, isOpen, isSelected, isTabStop, onFocus, onOpen, onSelect } = props;
  const group = groupOf(client);
  const title = titleOf(client);
  const make = makeOf(client);
  return (
    <div
      className={styles.row}
      role="row"
      tabIndex={isTabStop ? 0 : -1}
      onFocus={({ target, currentTarget }) => target === currentTarget && onFocus(client.id)}
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      data-client={client.id}
      data-group={group}
      data-open={isOpen}
      data-selected={isSelected}
    >
      <div role="gridcell">
        <Checkbox
          label={words.selection.one(inertText(title, 40))}
          checked={isSelected}
          onChange={(checked) => onSelect(client.id, checked)}
        />
      </div>
      <div role="gridcell" className={styles.machine}>
        <Lamp tone={groupTones[group]} />
        <MachineName client={client} onOpen={onOpen} />
      </div>
      <div role="gridcell" className={styles.mac} data-from={780}>
        {client.mac}
      </div>
      <div role="gridcell" data-from={960}>
        {make !== undefined && <Untrusted text={make} most={60} oneLine />}
      </div>
      <div role="gridcell" data-from={1400}>
        {client.serial !== undefined && <Untrusted text={client.serial} most={40} oneLine code />}
      </div>
      <div role="gridcell" data-from={960}>
        {firmwareNames[client.firmware]}
      </div>
      <div role="gridcell" className={styles.rail}>
        <MachineRail client={client} group={group} />
      </div>
      {group === 'waiting' ? (
        <div role="gridcell" className={styles.waiting}>
          <Waiting client={client} title={title} />
        </div>
      ) : (
        <>
          <div role="gridcell" className={styles.stage}>
            <EvidenceMark evidence={client.evidence} />
            {group === 'refused' ? words.machine.refused : messages.stages[client.stage]}
          </div>
          {group === 'trouble' && (
            <div role="gridcell" className={styles.problem}>
              <Untrusted text={client.problem ?? ''} most={240} oneLine />
            </div>
          )}
          <div role="gridcell" className={styles.number}>
            {client.percent !== undefined && format.percent(client.percent)}
          </div>
          <div role="gridcell" className={styles.number}>
            {client.bytesPerSecond !== undefined && format.rate(client.bytesPerSecond)}
          </div>
          <div role="gridcell" className={styles.number}>
            <Elapsed sinceMs={client.stageSinceMs} untilMs={untilMs} />
          </div>
        </>
      )}
      <div role="gridcell" className={styles.sentence} data-from={1180}>
        <Untrusted text={client.problem ?? client.sentence} most={240} oneLine />
      </div>
    </div>
  );
});

function Waiting({ client, title }: Pick<MachineRowProps, 'client'> & { readonly title: string }) {
  const words = useMessages(monitorCatalogue);
  const mayDecide = useMayDecide();
  return (
    <>
      <span className={styles.code} title={words.machine.code}>
        {client.code}
      </span>
      {mayDecide && <ApprovalButtons clientId={client.id} title={title} size="small" />}
    </>
  );
}
