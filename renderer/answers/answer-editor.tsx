import { useRef, useState } from 'react';
import type { Answer, AnswerFormat, PreviewMachine, VariableValues } from '../../main/contract/answer.ts';
import { useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { CodeEditor, type CodeEditorHandle } from '../ui/code-editor.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { fileNamesOf, textOf, withFormat, withText } from './answer-draft.ts';
import styles from './answer-editor.module.css';
import { AnswerPreviewPane } from './answer-preview-pane.tsx';
import { AnswerProblems } from './answer-problems.tsx';
import { InsertValue } from './insert-value.tsx';
import { answerCatalogue } from './messages.ts';
import { useAnswerPreview } from './use-answer-preview.ts';

interface AnswerEditorProps {
  readonly answer: Answer;
  /** Undefined: a new one. */
  readonly answerId?: string | undefined;
  /** What is known of its values where it is edited; secrets are shown as dots. */
  readonly variables?: VariableValues | undefined;
  readonly secrets?: VariableValues | undefined;
  readonly onSaved: (answerId: string) => void;
  readonly onClose: () => void;
}

const none: VariableValues = {};

/** An answer file beside what a machine would get of it, and what is wrong with it. */
export function AnswerEditor({
  answer: saved,
  answerId,
  variables = none,
  secrets = none,
  onSaved,
  onClose,
}: AnswerEditorProps) {
  const messages = useMessages(answerCatalogue);
  const words = messages.editor;
  const [answer, setAnswer] = useState(saved);
  const [fileName, setFileName] = useState(saved.files[0]?.name ?? '');
  const [machine, setMachine] = useState<PreviewMachine>({ kind: 'example' });
  const [isLeaving, setIsLeaving] = useState(false);
  const preview = useAnswerPreview(answer, machine, { variables, secrets });
  const save = useCall('answers.save');
  const editor = useRef<CodeEditorHandle>(null);
  const names = fileNamesOf(answer);
  const shownName = names.includes(fileName) ? fileName : (names[0] ?? '');
  const isChanged = JSON.stringify(answer) !== JSON.stringify(saved);
  const problems = preview.value?.problems ?? [];
  const run = async (): Promise<void> => {
    const done = await save.run({ answer, ...(answerId === undefined ? {} : { answerId }) });
    if (done !== undefined) onSaved(done.answerId);
  };
  const leave = (): void => (isChanged ? setIsLeaving(true) : onClose());
  return (
    <Dialog
      open
      onClose={leave}
      size="full"
      title={answerId === undefined ? words.newTitle : words.editTitle}
      actions={
        <>
          {save.error !== undefined && <ErrorNote error={save.error} />}
          <Button onClick={leave}>{words.cancel}</Button>
          <Button
            kind="primary"
            busy={save.busy}
            disabled={answer.name.trim() === '' || (answerId !== undefined && !isChanged)}
            onClick={() => void run()}
          >
            {words.save}
          </Button>
        </>
      }
    >
      <div className={styles.facts}>
        <Field label={words.name} className={styles.name}>
          {(control) => (
            <Input
              {...control}
              value={answer.name}
              maxLength={100}
              onChange={({ target }) => setAnswer({ ...answer, name: target.value })}
            />
          )}
        </Field>
        <Field label={words.format} className={styles.format}>
          {(control) => (
            <Select
              {...control}
              value={answer.format}
              options={Object.entries(messages.formats).map(([value, label]) => ({ value, label }))}
              onChange={(format) => setAnswer(withFormat(answer, format as AnswerFormat))}
            />
          )}
        </Field>
      </div>
      <div className={styles.panes}>
        <div className={styles.pane}>
          <div className={styles.head}>
            {names.length > 1 ? (
              <Segmented
                label={words.files}
                value={shownName}
                options={names.map((name) => ({ value: name, label: name }))}
                onChange={setFileName}
              />
            ) : (
              <h3 className={styles.heading}>{shownName}</h3>
            )}
            <InsertValue onInsert={(text) => editor.current?.insert(text)} />
          </div>
          <div className={styles.code}>
            <CodeEditor
              key={shownName}
              handle={editor}
              label={words.text(shownName)}
              value={textOf(answer, shownName)}
              placeholder={shownName === names[0] ? undefined : words.madeItself}
              marks={problems.filter(({ file }) => file === shownName)}
              onChange={(text) => setAnswer((now) => withText(now, shownName, text))}
            />
          </div>
          <AnswerProblems
            problems={problems}
            isChecked={preview.value !== undefined}
            onGoTo={({ file, line, column }) => {
              if (file === shownName) return editor.current?.goTo(line, column);
              setFileName(file);
              // The editor of another file is there after the next drawing.
              requestAnimationFrame(() => editor.current?.goTo(line, column));
              return undefined;
            }}
          />
        </div>
        <AnswerPreviewPane
          preview={preview.value}
          error={preview.error}
          fileName={shownName}
          machine={machine}
          onMachine={setMachine}
        />
      </div>
      {isLeaving && (
        <Dialog
          open
          onClose={() => setIsLeaving(false)}
          title={words.discard.title}
          description={words.discard.text}
          actions={
            <>
              <Button onClick={() => setIsLeaving(false)}>{words.discard.stay}</Button>
              <Button kind="danger" onClick={onClose}>
                {words.discard.leave}
              </Button>
            </>
          }
        />
      )}
    </Dialog>
  );
}
