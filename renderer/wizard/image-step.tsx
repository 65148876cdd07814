import { Disc3 } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { ProfileChoice } from '../profiles/profile-choice.tsx';
import { useChangeDraft, useDraft, useStation } from '../store/context.tsx';
import { withImage } from '../store/wizard-draft.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { DropZone } from './drop-zone.tsx';
import { FileBrowser } from './file-browser.tsx';
import { ImageCard } from './image-card.tsx';
import styles from './image-step.module.css';
import { LibraryChoice } from './library-choice.tsx';
import { wizardCatalogue } from './messages.ts';
import { useAddImage } from './use-add-image.ts';

/** Step 1: an image from the library or a new one, and what is known about it. */
export function ImageStep() {
  const words = useMessages(wizardCatalogue).image;
  const change = useChangeDraft();
  const add = useAddImage((added) => change((draft) => withImage(draft, added)));
  const { imageId } = useDraft();
  const images = useStation((station) => station.images);
  const chosen = images.find(({ id }) => id === imageId);
  const browser = add.isBrowsing && (
    <FileBrowser onChoose={(path) => void add.addPath(path)} onClose={add.stopBrowsing} />
  );
  if (images.length === 0) {
    return (
      <>
        <DropZone add={add} size="large" />
        {browser}
      </>
    );
  }
  return (
    <div className={styles.columns}>
      <div className={styles.choices}>
        <ProfileChoice />
        <DropZone add={add} size="small" />
        <LibraryChoice images={images} />
      </div>
      <div className={styles.about}>
        {chosen === undefined ? (
          <div className={styles.nothing}>
            <EmptyState icon={<Disc3 aria-hidden />} title={words.nothingChosen.title}>
              {words.nothingChosen.text}
            </EmptyState>
          </div>
        ) : (
          <ImageCard key={chosen.id} image={chosen} purpose="choose" />
        )}
      </div>
      {browser}
    </div>
  );
}
