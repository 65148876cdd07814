import { FilePlus2, FileText, FolderOpen, Pencil, X } from 'lucide-react';
import { Suspense, lazy, useId, useState } from 'react';
import type { Answer, StoredAnswer } from '../../main/contract/answer.ts';
import type { ImageDescription } from '../../main/contract/image.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft, useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Select } from '../ui/select.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import styles from './answer-choice.module.css';
import { knownFormat } from './answer-draft.ts';
import { AnswerVerdict } from './answer-verdict.tsx';
import { answerCatalogue } from './messages.ts';
import { starter } from './starters.ts';
import { useAnswerImport } from './use-answer-import.ts';
import { ValueFields } from './value-fields.tsx';

const AnswerEditor = lazy(async () => ({ default: (await import('./answer-editor.tsx')).AnswerEditor }));

/** Which answer file the machines get, and the values that it asks for. */
export function AnswerChoice({ image }: { readonly image: ImageDescription | undefined }) {
  const messages = useMessages(answerCatalogue);
  const words = messages.choice;
  const { answer: wanted, secrets } = useDraft();
  const change = useChangeDraft();
  const answers = useStation((station) => station.answers);
  const taking = useAnswerImport();
  const read = useCall('answers.read');
  const [edited, setEdited] = useState<{ answer: Answer; answerId?: string }>();
  const id = useId();
  const chosen = answers.find((one) => one.id === wanted?.answerId);
  const choose = (answerId: string | undefined): void =>
    change((draft) => ({
      ...draft,
      answer: answerId === undefined ? undefined : { answerId, variables: draft.answer?.variables ?? {} },
    }));
  const edit = async (answerId: string): Promise<void> => {
    const opened = await read.run({ answerId });
    if (opened !== undefined) setEdited({ answer: opened.answer, answerId });
  };
  const format = knownFormat(image?.answerFileFormat);
  return (
    <section aria-labelledby={id} className={styles.answer}>
      <h2 id={id} className={styles.label}>
        {words.label} <span className={styles.optional}>{words.optional}</span>
      </h2>
      {wanted === undefined ? (
        <>
          <p className={styles.hint}>{words.hint}</p>
          <div className={styles.row}>
            {answers.length > 0 && (
              <Select
                className={styles.kept}
                aria-label={words.fromLibrary}
                value=""
                options={[
                  { value: '', label: words.none },
                  ...answers.map((one) => ({ value: one.id, label: labelOf(one, messages.shortFormats) })),
                ]}
                onChange={(answerId) => choose(answerId === '' ? undefined : answerId)}
              />
            )}
            <Button
              icon={<FilePlus2 aria-hidden />}
              onClick={() => setEdited({ answer: starter(format, messages.pane.newOne) })}
            >
              {words.write}
            </Button>
            <FileButton
              icon={<FolderOpen aria-hidden />}
              busy={taking.busy}
              onFile={(file) => void taking.take(file).then((answerId) => answerId !== undefined && choose(answerId))}
            >
              {words.open}
            </FileButton>
          </div>
        </>
      ) : (
        <div className={styles.card}>
          <div className={styles.file}>
            <FileText aria-hidden />
            <span className={styles.name}>
              {chosen === undefined ? (
                <span className={styles.gone}>{words.gone}</span>
              ) : (
                <>
                  <Untrusted text={chosen.name} />
                  <span className={styles.facts}>
                    <Badge>{messages.shortFormats[chosen.format]}</Badge>
                    {words.revision(chosen.revision)}
                  </span>
                </>
              )}
            </span>
            {chosen !== undefined && (
              <Button size="small" icon={<Pencil aria-hidden />} busy={read.busy} onClick={() => void edit(chosen.id)}>
                {words.edit}
              </Button>
            )}
            <IconButton label={words.remove} icon={<X aria-hidden />} onClick={() => choose(undefined)} />
          </div>
          {chosen !== undefined && (
            <>
              <ValueFields answer={chosen} />
              <AnswerVerdict
                key={`${chosen.id} ${chosen.sha256}`}
                answerId={chosen.id}
                variables={wanted.variables}
                secrets={secrets ?? {}}
              />
            </>
          )}
        </div>
      )}
      {wanted !== undefined && image !== undefined && image.answerFileArguments === undefined && (
        <Note tone="waiting" title={words.notTaken} />
      )}
      {taking.problem !== undefined && (
        <p className={styles.problem} role="alert">
          {words[taking.problem]}
        </p>
      )}
      {taking.error !== undefined && <ErrorNote error={taking.error} />}
      {read.error !== undefined && <ErrorNote error={read.error} />}
      {edited !== undefined && (
        <Suspense fallback={null}>
          <AnswerEditor
            {...edited}
            variables={wanted?.variables}
            secrets={secrets}
            onSaved={(answerId) => {
              choose(answerId);
              setEdited(undefined);
            }}
            onClose={() => setEdited(undefined)}
          />
        </Suspense>
      )}
    </section>
  );
}

const labelOf = ({ name, format }: StoredAnswer, formats: Readonly<Record<StoredAnswer['format'], string>>): string =>
  `${inertText(name, 60)} · ${formats[format]}`;
