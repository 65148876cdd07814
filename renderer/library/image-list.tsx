import { useState } from 'react';
import type { LibraryImage } from '../../main/contract/state.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { sharedCatalogue } from '../app/messages.ts';
import { useStation } from '../store/context.tsx';
import { Badge } from '../ui/badge.tsx';
import { Input } from '../ui/field.tsx';
import { Progress } from '../ui/progress.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import rows from '../ui/pick-list.module.css';
import styles from './image-list.module.css';
import { libraryCatalogue } from './messages.ts';

/** From here on a list is long enough to be searched. */
const manyImages = 8;

interface ImageListProps {
  readonly images: readonly LibraryImage[];
  readonly chosenId: string | undefined;
  readonly onChoose: (imageId: string) => void;
}

export function ImageList({ images, chosenId, onChoose }: ImageListProps) {
  const words = useMessages(libraryCatalogue);
  const [filter, setFilter] = useState('');
  const shown = images.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <>
      {images.length >= manyImages && (
        <Input
          type="search"
          aria-label={words.filter}
          placeholder={words.filter}
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
      )}
      <ul className={rows.list} aria-label={words.list}>
        {shown.map((image) => (
          <li key={image.id} className={rows.item}>
            <button
              type="button"
              className={rows.button}
              aria-current={image.id === chosenId}
              onClick={() => onChoose(image.id)}
            >
              <span className={rows.words}>
                <span className={rows.title}>
                  <Untrusted text={image.name} oneLine />
                </span>
                <span className={rows.detail}>
                  <ImageInShort image={image} />
                </span>
              </span>
              <ImageState image={image} />
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={styles.none}>{words.noneFound}</p>}
    </>
  );
}

/** What matters most about an image now: what is wrong, else what is being done, else how sure its content is. */
function ImageState({ image: { id, state, checksum } }: { readonly image: LibraryImage }) {
  const words = useMessages(libraryCatalogue);
  const format = useFormats();
  const task = useStation(({ tasks }) => tasks.find(({ kind, imageId }) => kind === 'hash' && imageId === id));
  if (state === 'missing' || state === 'changed' || state === 'unreadable') {
    return <Badge tone="trouble">{words.state[state]}</Badge>;
  }
  if (checksum?.matches === false) return <Badge tone="trouble">{words.checksum.differs}</Badge>;
  if (task !== undefined) {
    const percent = (100 * task.doneBytes) / Math.max(1, task.totalBytes);
    return (
      <span className={styles.task}>
        <span className={styles.amount}>{words.hashing(format.percent(percent))}</span>
        <Progress label={words.hashing('')} percent={percent} />
      </span>
    );
  }
  if (state === 'checking') return <Badge>{words.state.checking}</Badge>;
  if (checksum?.matches === true) return <Badge tone="done">{words.checksum.matches}</Badge>;
  return <Badge>{words.checksum.none}</Badge>;
}

function ImageInShort({ image: { description, sizeBytes } }: { readonly image: LibraryImage }) {
  const names = useMessages(sharedCatalogue).firmware;
  const format = useFormats();
  const firmware = description?.firmware.map((one) => names[one]).join(', ');
  const version = description?.version === undefined ? undefined : inertText(description.version, 24);
  return [version, format.bytes(sizeBytes), firmware].filter(Boolean).join(' · ');
}
