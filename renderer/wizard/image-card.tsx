import type { LibraryImage } from '../../main/contract/state.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { sharedCatalogue } from '../app/messages.ts';
import { Badge } from '../ui/badge.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { EntryChoice } from './entry-choice.tsx';
import { ImageChecksum } from './image-checksum.tsx';
import { ImageFacts } from './image-facts.tsx';
import styles from './image-card.module.css';
import { wizardCatalogue } from './messages.ts';

const secureBootTones = { yes: 'done', no: 'waiting', unknown: 'neutral' } as const;

interface ImageCardProps {
  readonly image: LibraryImage;
  /** Shown to choose from, or only to be looked at. */
  readonly purpose: 'choose' | 'look';
}

/** All that is known about an image before anything is started. */
export function ImageCard({ image, purpose }: ImageCardProps) {
  const words = useMessages(wizardCatalogue).image;
  const { firmware: firmwareNames } = useMessages(sharedCatalogue);
  const format = useFormats();
  const { description } = image;
  if (image.problem !== undefined && image.state !== 'ready') return <ErrorNote error={image.problem} />;
  if (description === undefined) {
    return (
      <Card>
        <Spinner label={words.reading} />
      </Card>
    );
  }
  const isGeneric = description.recipe === 'generic';
  const cannot = description.netboot?.possible === false ? description.netboot.because : undefined;
  return (
    <Card flush>
      <header className={styles.header}>
        <h2 className={styles.name}>
          <Untrusted text={image.name} />
        </h2>
        <p className={styles.size}>
          <bdi>
            {[description.version, description.architecture, format.bytes(image.sizeBytes)]
              .filter((part) => part !== undefined)
              .map((part) => inertText(part, 24))
              .join(' · ')}
          </bdi>
        </p>
        <ul className={styles.badges} aria-label={words.facts.suits}>
          {description.firmware.map((firmware) => (
            <li key={firmware}>
              <Badge>{firmwareNames[firmware]}</Badge>
            </li>
          ))}
          {cannot === undefined && (
            <li>
              <Badge tone={secureBootTones[description.secureBoot]}>
                {words.facts.secureBoot[description.secureBoot]}
              </Badge>
            </li>
          )}
          {description.memoryNeededMiB !== undefined && (
            <li>
              <Badge>{words.facts.memory(description.memoryNeededMiB)}</Badge>
            </li>
          )}
        </ul>
      </header>
      <div className={styles.body}>
        {cannot !== undefined && (
          <Note tone="trouble" title={words.cannotNetboot}>
            {cannot}
          </Note>
        )}
        {cannot === undefined && <DisksNote destructive={description.destructive} />}
        {isGeneric && (
          <Note tone="waiting" title={words.generic.title}>
            {purpose === 'choose' ? words.generic.text : undefined}
          </Note>
        )}
        {(cannot === undefined ? description.warnings : []).map((warning) => (
          <Note key={warning} tone="waiting" title={words.warning}>
            <Untrusted text={warning} most={400} />
          </Note>
        ))}
        {isGeneric && purpose === 'choose' && (
          <EntryChoice image={image} label={words.generic.entries} showsCommandLine />
        )}
        <ImageFacts description={description} />
      </div>
      <ImageChecksum image={image} />
    </Card>
  );
}

/** Whether its usual entry may erase disks. */
function DisksNote({ destructive }: { readonly destructive: boolean }) {
  const words = useMessages(wizardCatalogue).image;
  return destructive ? (
    <Note tone="trouble" title={words.destructive.title}>
      {words.destructive.text}
    </Note>
  ) : (
    <Note tone="done" title={words.harmless.title}>
      {words.harmless.text}
    </Note>
  );
}
