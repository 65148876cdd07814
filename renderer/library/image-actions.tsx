import { MonitorDown, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { LibraryImage } from '../../main/contract/state.ts';
import { useMessages } from '../language/context.tsx';
import { goTo } from '../app/route.ts';
import { useChangeDraft, useStation } from '../store/context.tsx';
import { withImage } from '../store/wizard-draft.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import styles from './image-actions.module.css';
import { libraryCatalogue } from './messages.ts';
import { RemoveImage } from './remove-image.tsx';
import { RenameImage } from './rename-image.tsx';

/** What can be done with an image of the library. */
export function ImageActions({ image }: { readonly image: LibraryImage }) {
  const words = useMessages(libraryCatalogue);
  const [asked, setAsked] = useState<'rename' | 'remove'>();
  const session = useStation((station) => station.session);
  const change = useChangeDraft();
  const isServing = session !== null && session.endedAtMs === undefined;
  const isInUse = isServing && session.draft.imageId === image.id;
  const boot = (): void => {
    change((draft) => ({ ...withImage(draft, image.id), step: 'image', leftSessionId: session?.id }));
    goTo('station');
  };
  return (
    <>
      {(image.state === 'missing' || image.state === 'changed') && (
        <Note tone="trouble" title={words.state[image.state]}>
          {words.problem[image.state]}
        </Note>
      )}
      <div className={styles.actions}>
        {image.state === 'ready' && !isServing && (
          <Button kind="primary" icon={<MonitorDown aria-hidden />} onClick={boot}>
            {words.boot}
          </Button>
        )}
        <Button icon={<Pencil aria-hidden />} onClick={() => setAsked('rename')}>
          {words.rename.action}
        </Button>
        <Button icon={<Trash2 aria-hidden />} onClick={() => setAsked('remove')}>
          {words.remove.action}
        </Button>
      </div>
      {asked === 'rename' && <RenameImage image={image} onClose={() => setAsked(undefined)} />}
      {asked === 'remove' && <RemoveImage image={image} isInUse={isInUse} onClose={() => setAsked(undefined)} />}
    </>
  );
}
