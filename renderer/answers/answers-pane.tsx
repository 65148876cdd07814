import { FilePlus2, FileText, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '../../main/contract/answer.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useStation } from '../store/context.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { PickList } from '../ui/pick-list.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { AnswerDetails } from './answer-details.tsx';
import { AnswerEditor } from './answer-editor.tsx';
import styles from './answers-pane.module.css';
import { answerCatalogue } from './messages.ts';
import { starter } from './starters.ts';
import { useAnswerImport } from './use-answer-import.ts';

/** The library's answer files: what there is, and what can be done with one. */
export function AnswersPane() {
  const messages = useMessages(answerCatalogue);
  const words = messages.pane;
  const format = useFormats();
  const answers = useStation((station) => station.answers);
  const isReadOnly = useStation(({ station }) => station.readOnly);
  const taking = useAnswerImport();
  const [chosenId, setChosenId] = useState<string>();
  const [edited, setEdited] = useState<{ answer: Answer; answerId?: string | undefined }>();
  const chosen = answers.find(({ id }) => id === chosenId) ?? answers[0];
  const ways = !isReadOnly && (
    <div className={styles.ways}>
      <Button icon={<FilePlus2 aria-hidden />} onClick={() => setEdited({ answer: starter('preseed', words.newOne) })}>
        {words.newOne}
      </Button>
      <FileButton
        icon={<FolderOpen aria-hidden />}
        busy={taking.busy}
        onFile={(file) => void taking.take(file).then((answerId) => answerId !== undefined && setChosenId(answerId))}
      >
        {words.open}
      </FileButton>
    </div>
  );
  const trouble = (
    <>
      {taking.problem !== undefined && (
        <p className={styles.problem} role="alert">
          {messages.choice[taking.problem]}
        </p>
      )}
      {taking.error !== undefined && <ErrorNote error={taking.error} />}
    </>
  );
  return (
    <>
      {answers.length === 0 ? (
        <EmptyState icon={<FileText aria-hidden />} title={words.empty.title} action={ways || undefined}>
          {words.empty.text}
          {trouble}
        </EmptyState>
      ) : (
        <div className={styles.columns}>
          <div className={styles.list}>
            {ways}
            {trouble}
            <PickList
              label={words.list}
              chosenId={chosen?.id}
              onChoose={setChosenId}
              items={answers.map((answer) => ({
                id: answer.id,
                title: <Untrusted text={answer.name} oneLine />,
                detail: `${messages.choice.revision(answer.revision)} · ${words.changed(format.date(answer.changedAtMs))}`,
                aside: <Badge>{messages.shortFormats[answer.format]}</Badge>,
              }))}
            />
          </div>
          {chosen !== undefined && (
            <AnswerDetails key={chosen.id} stored={chosen} isReadOnly={isReadOnly} onEdit={setEdited} />
          )}
        </div>
      )}
      {edited !== undefined && (
        <AnswerEditor
          {...edited}
          onSaved={(answerId) => {
            setChosenId(answerId);
            setEdited(undefined);
          }}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
