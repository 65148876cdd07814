import type { MachineList } from '../../main/contract/machines.ts';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import styles from './machines-card.module.css';
import { settingsCatalogue } from './messages.ts';

interface MachinesPreviewProps {
  readonly name: string;
  readonly list: MachineList;
  /** No machine is known yet: there is nothing to add to or to replace. */
  readonly isFirst: boolean;
  readonly onClose: () => void;
}

const SHOWN_MACHINES = 8;

/** What a list says, before it is taken: its machines, and each line that cannot be used with the reason. */
export function MachinesPreview({ name, list, isFirst, onClose }: MachinesPreviewProps) {
  const words = useMessages(settingsCatalogue).machines;
  const { machines, problems, problemCount, columns } = list;
  const take = useCall('machines.take');
  const run = async (how: 'add' | 'replace'): Promise<void> => {
    if ((await take.run({ machines, how })) !== undefined) onClose();
  };
  return (
    <Dialog
      open
      size="wide"
      onClose={onClose}
      title={words.preview(inertText(name, 40), machines.length)}
      description={problemCount === 0 ? words.allRight : undefined}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          {!isFirst && (
            <Button busy={take.busy} onClick={() => void run('replace')}>
              {words.replace}
            </Button>
          )}
          <Button kind="primary" busy={take.busy} onClick={() => void run('add')}>
            {isFirst ? words.take : words.add}
          </Button>
        </>
      }
    >
      <div className={styles.preview}>
        {take.error !== undefined && <ErrorNote error={take.error} />}
        <ul className={styles.machines}>
          {machines.slice(0, SHOWN_MACHINES).map((machine) => (
            <li key={machine.line} className={styles.machine}>
              <Untrusted text={machine.name ?? machine.serial ?? machine.macs[0] ?? machine.uuid ?? ''} oneLine />
              <span className={styles.mark}>
                <Untrusted text={machine.serial ?? machine.macs[0] ?? machine.uuid ?? ''} most={40} code />
              </span>
              <span className={styles.mark}>{machine.address}</span>
            </li>
          ))}
          {machines.length > SHOWN_MACHINES && (
            <li className={styles.hint}>{words.more(machines.length - SHOWN_MACHINES)}</li>
          )}
        </ul>
        {columns.length > 0 && (
          <p className={styles.hint}>
            {words.columns}: <Untrusted text={columns.map(({ name: column }) => column).join(', ')} most={400} code />
          </p>
        )}
        {problemCount > 0 && (
          <section className={styles.problems} role="alert">
            <h3 className={styles.problemsTitle}>{words.leftOut(problemCount)}</h3>
            <ul>
              {problems.map(({ line, reason }) => (
                <li key={`${line} ${reason}`} className={styles.problem}>
                  <span className={styles.line}>{words.line(line)}</span>
                  <Untrusted text={reason} most={200} />
                </li>
              ))}
              {problemCount > problems.length && (
                <li className={styles.hint}>{words.more(problemCount - problems.length)}</li>
              )}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}
