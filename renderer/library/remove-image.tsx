import type { LibraryImage } from '../../main/contract/state.ts';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { libraryCatalogue } from './messages.ts';

interface RemoveImageProps {
  readonly image: LibraryImage;
  readonly isInUse: boolean;
  readonly onClose: () => void;
}

export function RemoveImage({ image, isInUse, onClose }: RemoveImageProps) {
  const words = useMessages(libraryCatalogue).remove;
  const messages = useMessages(libraryCatalogue);
  const remove = useCall('images.remove');
  const run = async (): Promise<void> => {
    if ((await remove.run({ imageId: image.id })) !== undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={words.title(inertText(image.name, 60))}
      description={words.text}
      actions={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button kind="danger" busy={remove.busy} disabled={isInUse} onClick={() => void run()}>
            {words.remove}
          </Button>
        </>
      }
    >
      {remove.error !== undefined ? (
        <ErrorNote error={remove.error} />
      ) : isInUse ? (
        <Note tone="waiting" title={words.inUse} />
      ) : undefined}
    </Dialog>
  );
}
