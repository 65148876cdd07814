import type { PastSession } from '../../main/contract/session.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { sessionsCatalogue } from './messages.ts';

export function RemoveSession({ session, onClose }: { readonly session: PastSession; readonly onClose: () => void }) {
  const words = useMessages(sessionsCatalogue).remove;
  const format = useFormats();
  const remove = useCall('sessions.remove');
  const run = async (): Promise<void> => {
    if ((await remove.run({ sessionId: session.id })) !== undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title}
      description={words.text(inertText(session.imageName, 60), format.date(session.startedAtMs))}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="danger" busy={remove.busy} onClick={() => void run()}>
            {words.remove}
          </Button>
        </>
      }
    >
      {remove.error === undefined ? undefined : <ErrorNote error={remove.error} />}
    </Dialog>
  );
}
