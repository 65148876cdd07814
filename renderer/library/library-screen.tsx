import { LibraryBig } from 'lucide-react';
import { type ComponentType, useState } from 'react';
import { AnswersPane } from '../answers/answers-pane.tsx';
import { useMessages } from '../language/context.tsx';
import { ProfilesPane } from '../profiles/profiles-pane.tsx';
import { useStation } from '../store/context.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Screen } from '../ui/screen.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { DropZone } from '../wizard/drop-zone.tsx';
import { FileBrowser } from '../wizard/file-browser.tsx';
import { ImageCard } from '../wizard/image-card.tsx';
import { useAddImage } from '../wizard/use-add-image.ts';
import { ImageActions } from './image-actions.tsx';
import { ImageList } from './image-list.tsx';
import styles from './library-screen.module.css';
import { libraryCatalogue } from './messages.ts';

const shelves = ['images', 'answers', 'profiles'] as const;
type Shelf = (typeof shelves)[number];

/** What this station keeps: images, answer files and profiles. */
export function LibraryScreen() {
  const words = useMessages(libraryCatalogue);
  const [shelf, setShelf] = useState<Shelf>('images');
  const panes: Record<Shelf, ComponentType> = { images: ImagesPane, answers: AnswersPane, profiles: ProfilesPane };
  const Pane = panes[shelf];
  return (
    <Screen
      title={words.title}
      lead={words.leads[shelf]}
      actions={
        <Segmented
          label={words.shelves}
          value={shelf}
          options={shelves.map((value) => ({ value, label: words.shelf[value] }))}
          onChange={setShelf}
        />
      }
    >
      <Pane />
    </Screen>
  );
}

/** The images this station knows, what each is, and whether it is still what it was. */
function ImagesPane() {
  const images = useStation((station) => station.images);
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = images.find(({ id }) => id === chosenId) ?? images[0];
  if (images.length === 0) return <NoImages isReadOnly={isReadOnly} onAdded={setChosenId} />;
  return (
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
