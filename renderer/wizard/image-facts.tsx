import { secondsAtWireSpeed } from '../../main/contract/download-time.ts';
import type { ImageDescription } from '../../main/contract/image.ts';
import { useMessages } from '../language/context.tsx';
import { DataList, type Fact } from '../ui/data-list.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './image-facts.module.css';
import { KeptFiles } from './kept-files.tsx';
import { wizardCatalogue } from './messages.ts';

export function ImageFacts({ description }: { readonly description: ImageDescription }) {
  const words = useMessages(wizardCatalogue).image.facts;
  const { volumeLabel, path, extracted, evidence } = description;
  const facts: Fact[] = [
    ...downloadFact(),
    ...(extracted.length === 0 ? [] : [{ label: words.kept, value: <KeptFiles extracted={extracted} /> }]),
    { label: words.volumeLabel, value: <Untrusted text={volumeLabel} code /> },
    { label: words.file, value: <Untrusted text={path} most={300} code /> },
    {
      label: words.evidence,
      value: (
        <ul className={styles.evidence}>
          {evidence.map((fact) => (
            <li key={fact}>
              <Untrusted text={fact} most={240} />
            </li>
          ))}
        </ul>
      ),
    },
  ];
  /** What the default entry fetches, and what that means for a bench with a gigabit switch. */
  function downloadFact(): Fact[] {
    const { downloadBytes } = description.entries.find(({ id }) => id === description.defaultEntryId) ?? {};
    if (downloadBytes === undefined) return [];
    const [one = 0, ten = 0] = [1, 10].map((machines) => 1000 * secondsAtWireSpeed(downloadBytes, machines, 1000));
    return [
      { label: words.download, value: words.downloadTime(downloadBytes, Math.max(1000, one), Math.max(1000, ten)) },
    ];
  }

  return (
    <div className={styles.facts}>
      <DataList facts={facts} />
    </div>
  );
}
