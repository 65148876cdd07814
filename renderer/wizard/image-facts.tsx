import type { ImageDescription } from '../../main/contract/image.ts';
import { DataList, type Fact } from '../ui/data-list.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './image-facts.module.css';
import { wizardMessages } from './messages.en.ts';

const words = wizardMessages.image.facts;

export function ImageFacts({ description }: { readonly description: ImageDescription }) {
  const { volumeLabel, path, extracted, evidence } = description;
  const extractedBytes = extracted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const facts: Fact[] = [
    { label: words.kept, value: words.extracted(extracted.length, extractedBytes) },
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
  return (
    <div className={styles.facts}>
      <DataList facts={facts} />
    </div>
  );
}
