import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './rehearse.module.css';

const counts = ['6', '24', '100', '200'] as const;

/** The way to see a session without hardware: simulated machines boot over this computer's loopback. */
export function Rehearse({ imageId }: { readonly imageId: string | undefined }) {
  const words = useMessages(wizardCatalogue).rehearse;
  const [isOpen, setIsOpen] = useState(false);
  const [count, setCount] = useState<(typeof counts)[number]>('24');
  const start = useCall('rehearsal.start');
  const close = (): void => {
    start.forgetError();
    setIsOpen(false);
  };
  const run = (): void => {
    void start.run({ clients: Number(count), ...(imageId === undefined ? {} : { imageId }) });
  };
  return (
    <>
      <Button
        kind="quiet"
        size="large"
        className={styles.open}
        icon={<FlaskConical aria-hidden />}
        onClick={() => setIsOpen(true)}
      >
        {words.open}
      </Button>
      <Dialog
        open={isOpen}
        onClose={close}
        title={words.title}
        description={words.text}
        actions={
          <>
            <Button onClick={close}>{words.cancel}</Button>
            <Button kind="primary" busy={start.busy} onClick={run}>
              {words.start}
            </Button>
          </>
        }
      >
        <div className={styles.body}>
          <div className={styles.row}>
            <span>{words.machines}</span>
            <Segmented
              label={words.machines}
              value={count}
              options={counts.map((value) => ({ value, label: value }))}
              onChange={setCount}
            />
          </div>
          {start.error !== undefined && <ErrorNote error={start.error} />}
        </div>
      </Dialog>
    </>
  );
}
