import { FileText, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useFormats, useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { readAnswerFile } from './read-answer-file.ts';
import styles from './answer-file.module.css';
import { wizardCatalogue } from './messages.ts';

/** A text that answers the installer's questions; it is read here and goes to the station with the session. */
export function AnswerFile() {
  const words = useMessages(wizardCatalogue).boot.answer;
  const format = useFormats();
  const { answerFile } = useDraft();
  const change = useChangeDraft();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<'tooLarge' | 'notText'>();
  const id = useId();
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const read = await readAnswerFile(file);
    setProblem(typeof read === 'string' ? read : undefined);
    if (typeof read !== 'string') change((draft) => ({ ...draft, answerFile: read }));
  };
  return (
    <section aria-labelledby={id} className={styles.answer}>
      <h2 id={id} className={styles.label}>
        {words.label} <span className={styles.optional}>{words.optional}</span>
      </h2>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ target }) => {
          void take(target.files?.[0]);
          // The same file can be chosen again after it was edited.
          target.value = '';
        }}
      />
      {answerFile === undefined ? (
        <div className={styles.row}>
          <Button icon={<FileText aria-hidden />} onClick={() => input.current?.click()}>
            {words.choose}
          </Button>
          <span className={styles.hint}>{words.hint}</span>
        </div>
      ) : (
        <div className={styles.file}>
          <FileText aria-hidden />
          <span className={styles.name}>
            <Untrusted text={answerFile.name} code />
            <span className={styles.hint}>
              {format.bytes(new TextEncoder().encode(answerFile.text).length)} · {words.served(answerFile.name)}
            </span>
          </span>
          <IconButton
            label={words.remove}
            icon={<X aria-hidden />}
            onClick={() => change((draft) => ({ ...draft, answerFile: undefined }))}
          />
        </div>
      )}
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {words[problem]}
        </p>
      )}
    </section>
  );
}
