import { Square } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { countGroups } from './machine-groups.ts';
import { monitorCatalogue } from './messages.ts';

/** Stops at once where nobody is hurt; asks while machines are booting. */
export function StopSession({ isStopping }: { readonly isStopping: boolean }) {
  const words = useMessages(monitorCatalogue).stop;
  const booting = useStation(({ clients }) => countGroups(clients).booting);
  const stop = useCall('session.stop');
  const [isAsking, setIsAsking] = useState(false);
  const run = async (): Promise<void> => {
    if ((await stop.run({})) !== undefined) setIsAsking(false);
    else setIsAsking(true);
  };
  return (
    <>
      <Button
        kind="danger"
        icon={<Square aria-hidden />}
        busy={isStopping || (stop.busy && !isAsking)}
        onClick={() => (booting > 0 ? setIsAsking(true) : void run())}
      >
        {words.label}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={words.title}
        description={booting > 0 ? words.text(booting) : undefined}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>{words.keep}</Button>
            <Button kind="danger" busy={stop.busy} onClick={() => void run()}>
              {words.stop}
            </Button>
          </>
        }
      >
        {stop.error === undefined ? undefined : <ErrorNote error={stop.error} />}
      </Dialog>
    </>
  );
}
