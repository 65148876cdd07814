import type { ImageDescription } from '../../main/contract/image.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './image-facts.module.css';
import { wizardCatalogue } from './messages.ts';

/** An image can name as many as it likes. */
const mostFiles = 50;

/** What of an image is kept ready in the boot tree, in a line that opens. */
export function KeptFiles({ extracted }: Pick<ImageDescription, 'extracted'>) {
  const words = useMessages(wizardCatalogue).image.facts;
  const format = useFormats();
  const extractedBytes = extracted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <details>
      <summary className={styles.summary}>{words.extracted(extracted.length, extractedBytes)}</summary>
      <ul className={styles.files}>
        {extracted.slice(0, mostFiles).map(({ path, sizeBytes }) => (
          <li key={path} className={styles.extracted}>
            <Untrusted text={path} code /> <span className={styles.size}>{format.bytes(sizeBytes)}</span>
          </li>
        ))}
        {extracted.length > mostFiles && <li>{words.more(extracted.length - mostFiles)}</li>}
      </ul>
    </details>
  );
}
