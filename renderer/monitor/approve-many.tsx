import { useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { titleOf } from './machine-title.ts';
import { monitorCatalogue } from './messages.ts';
import styles from './approve-many.module.css';

interface ApproveManyProps {
  readonly clientIds: readonly string[];
  readonly label: string;
  readonly onDone?: (() => void) | undefined;
}

/** Approves several machines, after one look at which they are. */
export function ApproveMany({ clientIds, label, onDone }: ApproveManyProps) {
  const words = useMessages(monitorCatalogue).approval;
  const [asked, setAsked] = useState<readonly string[]>();
  const approve = useCall('clients.approve');
  const clients = useStation((station) => station.clients);
  const session = useStation((station) => station.session);
  const close = (): void => {
    setAsked(undefined);
    approve.forgetError();
  };
  const run = async (): Promise<void> => {
    if ((await approve.run({ clientIds: [...(asked ?? [])] })) === undefined) return;
    close();
    onDone?.();
  };
  const entry = inertText(session?.entryTitle ?? '', 60);
  const count = asked?.length ?? 0;
  return (
    <>
      {/* Who came while the question was asked is not part of its answer. */}
      <Button size="small" kind="primary" onClick={() => setAsked(clientIds)}>
        {label}
      </Button>
      <Dialog
        open={asked !== undefined}
        onClose={close}
        title={words.allTitle(count)}
        description={session?.destructive === true ? words.allDestructive(entry) : words.allHarmless(entry)}
        actions={
          <>
            <Button onClick={close}>{words.cancel}</Button>
            <Button kind="primary" busy={approve.busy} onClick={() => void run()}>
              {words.allDo(count)}
            </Button>
          </>
        }
      >
        {approve.error !== undefined && <ErrorNote error={approve.error} />}
        <ul className={styles.machines}>
          {clients
            .filter(({ id }) => asked?.includes(id))
            .map((client) => (
              <li key={client.id} className={styles.machine}>
                <span className={styles.code}>{client.code}</span>
                <Untrusted text={titleOf(client)} oneLine />
                <span className={styles.mac}>{client.mac}</span>
              </li>
            ))}
        </ul>
      </Dialog>
    </>
  );
}
