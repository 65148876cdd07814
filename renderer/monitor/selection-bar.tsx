import { Copy, Power, X } from 'lucide-react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ApproveMany } from './approve-many.tsx';
import { monitorCatalogue } from './messages.ts';
import styles from './selection-bar.module.css';
import { useToast } from '../ui/toast.tsx';
import { useStation } from '../store/context.tsx';
import { useMayDecide } from './use-may-decide.ts';
import { useSayError } from './use-say-error.ts';
import { useCopy } from '../ui/use-copy.ts';

interface SelectionBarProps {
  readonly chosen: readonly MonitoredClient[];
  /** Those of them that wait for a person who may decide. */
  readonly waiting: readonly string[];
  readonly onClear: () => void;
}

/** What can be done with several machines at once. */
export function SelectionBar({ chosen, waiting, onClear }: SelectionBarProps) {
  const words = useMessages(monitorCatalogue).selection;
  const messages = useMessages(monitorCatalogue);
  const refuse = useCall('clients.refuse');
  useSayError(refuse.error);
  const wake = useCall('clients.wake');
  useSayError(wake.error);
  const { say } = useToast();
  const mayDecide = useMayDecide();
  const mayWake = useStation(({ session }) => session?.state === 'running' && !session.rehearsal) && mayDecide;
  const copy = useCopy(messages.drawer);
  return (
    <div className={styles.bar} role="toolbar" aria-label={words.count(chosen.length)}>
      <span className={styles.count}>{words.count(chosen.length)}</span>
      {waiting.length > 0 && (
        <>
          <ApproveMany
            clientIds={waiting}
            label={`${messages.approval.approve} (${waiting.length})`}
            onDone={onClear}
          />
          <Button size="small" busy={refuse.busy} onClick={() => void refuse.run({ clientIds: [...waiting] })}>
            {messages.approval.refuse}
          </Button>
        </>
      )}
      {mayWake && (
        <Button
          size="small"
          icon={<Power aria-hidden />}
          busy={wake.busy}
          onClick={() =>
            void wake.run({ clientIds: chosen.map(({ id }) => id) }).then((done) => done && say(messages.keeping.woken))
          }
        >
          {messages.keeping.wakeChosen(chosen.length)}
        </Button>
      )}
      <Button size="small" icon={<Copy aria-hidden />} onClick={() => copy(chosen.map(({ mac }) => mac).join('\n'))}>
        {words.copy}
      </Button>
      <IconButton size="small" label={words.clear} icon={<X aria-hidden />} onClick={onClear} />
    </div>
  );
}
