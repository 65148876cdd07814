import { Disc3, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './drop-zone.module.css';
import { wizardCatalogue } from './messages.ts';
import type { AddImage } from './use-add-image.ts';
import { useFileDrop } from './use-file-drop.ts';

/** Where an image is plugged in: a file let go anywhere on the window, or one that is chosen. */
export function DropZone({ add, size }: { readonly add: AddImage; readonly size: 'large' | 'small' }) {
  const words = useMessages(wizardCatalogue).image;
  const [isMany, setIsMany] = useState(false);
  const { isOver } = useFileDrop((files) => {
    const [file] = files;
    setIsMany(files.length > 1);
    if (files.length === 1 && file !== undefined) void add.drop(file);
  });
  return (
    <div className={styles.zone}>
      <div className={styles.socket} data-over={isOver} data-size={size}>
        <Disc3 className={styles.disc} aria-hidden />
        {add.busy === 'no' ? (
          <div className={styles.words}>
            <p className={styles.title}>{isOver ? words.dropNow : words.drop}</p>
            <p className={styles.hint}>{words.chooseHere}</p>
          </div>
        ) : (
          <Spinner label={add.busy === 'reading' ? words.reading : words.locating} />
        )}
        <Button
          kind={size === 'large' ? 'primary' : 'plain'}
          icon={<FolderOpen aria-hidden />}
          disabled={add.busy !== 'no'}
          onClick={() => void add.browse()}
        >
          {words.browse}
        </Button>
      </div>
      {isMany && <Note tone="waiting" title={words.many} urgent />}
      {add.trouble !== undefined && <ErrorNote error={add.trouble} />}
      {add.alreadyAt !== undefined && (
        <Note tone="neutral" title={words.alreadyThere.title} urgent>
          {words.alreadyThere.text(inertText(add.alreadyAt, 120))}
        </Note>
      )}
      {add.notLocated !== undefined && (
        <Note tone="waiting" title={words.notLocated.title(inertText(add.notLocated, 60))} urgent>
          {words.notLocated.text}
        </Note>
      )}
    </div>
  );
}
