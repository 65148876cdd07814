import { useState } from 'react';
import type { LibraryImage } from '../../main/contract/state.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { withImage } from '../store/wizard-draft.ts';
import { Badge } from '../ui/badge.tsx';
import { Choice, Choices } from '../ui/choice.tsx';
import { Input } from '../ui/field.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './library-choice.module.css';

/** From here on a list is long enough to be searched. */
const manyImages = 8;

export function LibraryChoice({ images }: { readonly images: readonly LibraryImage[] }) {
  const words = useMessages(wizardCatalogue).image;
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
            detail={<Detail image={image} />}
            aside={<Trouble image={image} />}
          />
        ))}
      </Choices>
      {shown.length === 0 && <p className={styles.none}>{words.noneFound}</p>}
    </div>
  );
}

function Detail({ image: { state, description, sizeBytes } }: { readonly image: LibraryImage }) {
  const words = useMessages(wizardCatalogue).image;
  const format = useFormats();
  if (state === 'checking') return words.state.checking;
  const { architecture } = description ?? {};
  const parts = [architecture, format.bytes(sizeBytes)].filter((part) => part !== undefined);
  return <Untrusted text={parts.join(' · ')} most={40} />;
}

function Trouble({ image: { state, checksum } }: { readonly image: LibraryImage }) {
  const words = useMessages(wizardCatalogue).image;
  if (state !== 'ready' && state !== 'checking') return <Badge tone="trouble">{words.state[state]}</Badge>;
  return checksum?.matches === false ? <Badge tone="trouble">{words.checksum.differsShort}</Badge> : undefined;
}
