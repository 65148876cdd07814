import type { LibraryImage } from '../../main/contract/state.ts';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Note } from '../ui/note.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { libraryCatalogue } from './messages.ts';

interface RemoveImageProps {
  readonly image: LibraryImage;
  readonly isInUse: boolean;
  readonly onClose: () => void;
}

export function RemoveImage({ image, isInUse, onClose }: RemoveImageProps) {
  const { remove: words, cancel } = useMessages(libraryCatalogue);
  const remove = useCall('images.remove');
  return (
    <RemovalDialog
      title={words.title(inertText(image.name, 60))}
      description={words.text}
      words={{ cancel, remove: words.remove }}
      call={remove}
      onRemove={() => remove.run({ imageId: image.id })}
      onClose={onClose}
      obstacle={isInUse ? <Note tone="waiting" title={words.inUse} /> : undefined}
    />
  );
}
