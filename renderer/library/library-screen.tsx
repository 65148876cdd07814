import { LibraryBig } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Screen } from '../ui/screen.tsx';
import { DropZone } from '../wizard/drop-zone.tsx';
import { FileBrowser } from '../wizard/file-browser.tsx';
import { ImageCard } from '../wizard/image-card.tsx';
import { useAddImage } from '../wizard/use-add-image.ts';
import { ImageActions } from './image-actions.tsx';
import { ImageList } from './image-list.tsx';
import styles from './library-screen.module.css';
import { libraryCatalogue } from './messages.ts';

/** The images this station knows, what each is, and whether it is still what it was. */
export function LibraryScreen() {
  const words = useMessages(libraryCatalogue);
  const images = useStation((station) => station.images);
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = images.find(({ id }) => id === chosenId) ?? images[0];
  return (
    <Screen title={words.title} lead={words.lead}>
      {images.length === 0 ? (
        <NoImages isReadOnly={isReadOnly} onAdded={setChosenId} />
      ) : (
        <div className={styles.columns}>
          <div className={styles.list}>
            {!isReadOnly && <AddImage size="small" onAdded={setChosenId} />}
            <ImageList images={images} chosenId={chosen?.id} onChoose={setChosenId} />
          </div>
          <div className={styles.about}>
            {chosen !== undefined && (
              <>
                {!isReadOnly && <ImageActions key={chosen.id} image={chosen} />}
                <ImageCard key={`card-${chosen.id}`} image={chosen} purpose="look" />
              </>
            )}
          </div>
        </div>
      )}
    </Screen>
  );
}

interface AddedProps {
  readonly onAdded: (imageId: string) => void;
}

function NoImages({ isReadOnly, onAdded }: { readonly isReadOnly: boolean } & AddedProps) {
  const words = useMessages(libraryCatalogue);
  if (!isReadOnly) return <AddImage size="large" onAdded={onAdded} />;
  return (
    <EmptyState icon={<LibraryBig aria-hidden />} title={words.empty.title}>
      {words.empty.readOnly}
    </EmptyState>
  );
}

function AddImage({ size, onAdded }: { readonly size: 'large' | 'small' } & AddedProps) {
  const add = useAddImage(onAdded);
  return (
    <>
      <DropZone add={add} size={size} />
      {add.isBrowsing && <FileBrowser onChoose={(path) => void add.addPath(path)} onClose={add.stopBrowsing} />}
    </>
  );
}
