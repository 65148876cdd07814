import { useState } from 'react';
import type { LibraryImage } from '../../main/contract/state.ts';
import { formatBytes } from '../app/format.ts';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { withImage } from '../store/wizard-draft.ts';
import { Badge } from '../ui/badge.tsx';
import { Choice, Choices } from '../ui/choice.tsx';
import { Input } from '../ui/field.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { wizardMessages } from './messages.en.ts';
import styles from './library-choice.module.css';

const words = wizardMessages.image;
/** From here on a list is long enough to be searched. */
const manyImages = 8;

export function LibraryChoice({ images }: { readonly images: readonly LibraryImage[] }) {
  const { imageId } = useDraft();
  const change = useChangeDraft();
  const [filter, setFilter] = useState('');
  const shown = images.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <div className={styles.shelf}>
      {images.length >= manyImages && (
        <Input
          type="search"
          aria-label={words.filter}
          placeholder={words.filter}
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
      )}
      <Choices label={words.library}>
        {shown.map((image) => (
          <Choice
            key={image.id}
            group="image"
            value={image.id}
            checked={image.id === imageId}
            onChoose={() => change((draft) => withImage(draft, image.id))}
            title={<Untrusted text={image.name} />}
            detail={detailOf(image)}
            aside={troubleOf(image)}
          />
        ))}
      </Choices>
      {shown.length === 0 && <p className={styles.none}>{words.noneFound}</p>}
    </div>
  );
}

function detailOf({ state, description, sizeBytes }: LibraryImage) {
  if (state === 'checking') return words.state.checking;
  const { architecture } = description ?? {};
  return [architecture === undefined ? undefined : inertText(architecture, 24), formatBytes(sizeBytes)]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function troubleOf({ state, checksum }: LibraryImage) {
  if (state !== 'ready' && state !== 'checking') return <Badge tone="trouble">{words.state[state]}</Badge>;
  return checksum?.matches === false ? <Badge tone="trouble">{words.checksum.differsShort}</Badge> : undefined;
}
