import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Answer, StoredAnswer } from '../../main/contract/answer.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useCall } from '../store/use-call.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import pane from '../ui/details-pane.module.css';
import { CodeEditor } from '../ui/code-editor.tsx';
import { DataList } from '../ui/data-list.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { RemovalDialog } from '../ui/removal-dialog.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import styles from './answer-details.module.css';
import { answerCatalogue } from './messages.ts';

interface AnswerDetailsProps {
  readonly stored: StoredAnswer;
  readonly isReadOnly: boolean;
  readonly onEdit: (edited: { answer: Answer; answerId?: string }) => void;
}

/** One answer file of the library: its facts, what it was before, and what can be done with it. */
export function AnswerDetails({ stored, isReadOnly, onEdit }: AnswerDetailsProps) {
  const messages = useMessages(answerCatalogue);
  const words = messages.pane;
  const format = useFormats();
  const { run: read, value: opened, error } = useCall('answers.read');
  const save = useCall('answers.save');
  const [isRemoving, setIsRemoving] = useState(false);
  const { id, revision } = stored;
  useEffect(() => {
    // Whoever may only look is not shown what may hold passwords.
    if (!isReadOnly) void read({ answerId: id });
  }, [read, id, revision, isReadOnly]);
  const shown = opened?.answer;
  const trouble = error ?? save.error;
  const isOld = opened !== undefined && opened.revision !== revision;
  return (
    <div className={pane.about}>
      {!isReadOnly && shown !== undefined && (
        <div className={pane.actions}>
          {isOld ? (
            <Button kind="primary" busy={save.busy} onClick={() => void save.run({ answerId: id, answer: shown })}>
              {words.restore}
            </Button>
          ) : (
            <Button
              kind="primary"
              icon={<Pencil aria-hidden />}
              onClick={() => onEdit({ answer: shown, answerId: id })}
            >
              {words.edit}
            </Button>
          )}
          <Button
            icon={<Copy aria-hidden />}
            busy={save.busy}
            onClick={() => void save.run({ answer: { ...shown, name: words.copyName(shown.name).slice(0, 100) } })}
          >
            {words.copy}
          </Button>
          <Button icon={<Trash2 aria-hidden />} onClick={() => setIsRemoving(true)}>
            {words.remove}
          </Button>
        </div>
      )}
      {trouble !== undefined && <ErrorNote error={trouble} />}
      <Card flush>
        <header className={pane.header}>
          <h2 className={pane.name}>
            <Untrusted text={stored.name} />
          </h2>
          <Badge>{messages.formats[stored.format]}</Badge>
        </header>
        <div className={pane.facts}>
          <DataList
            facts={[
              { label: words.files, value: stored.files.map(({ name, sizeBytes }) => `${name} (${format.bytes(sizeBytes)})`).join(', ') }, // prettier-ignore
              {
                label: words.asks,
                value: [...stored.variables, ...stored.secrets.map((name) => `${name} (${messages.values.secret})`)].join(', ') || words.asksNothing, // prettier-ignore
              },
              { label: words.hash, value: <Untrusted text={stored.sha256} code /> },
            ]}
          />
        </div>
        {shown?.files.map(({ name, text }) => (
          <div key={name} className={styles.file}>
            <h3 className={styles.fileName}>{name}</h3>
            <div className={styles.text}>
              <CodeEditor label={messages.editor.text(name)} value={text} />
            </div>
          </div>
        ))}
        {opened !== undefined && opened.history.length > 1 && (
          <div className={styles.file}>
            <h3 className={styles.fileName}>{words.revisions}</h3>
            <ul className={styles.revisions}>
              {opened.history.map((one) => (
                <li key={one.revision} className={styles.revision} aria-current={one.revision === opened.revision}>
                  <span className={styles.number}>{words.revision(one.revision)}</span>
                  <span className={styles.when}>{format.date(one.atMs)}</span>
                  {one.revision === revision && <Badge tone="done">{words.current}</Badge>}
                  {one.revision !== opened.revision && (
                    <Button
                      size="small"
                      kind="quiet"
                      onClick={() => void read({ answerId: id, revision: one.revision })}
                    >
                      {words.view}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Card>
      {isRemoving && <RemoveAnswer stored={stored} onClose={() => setIsRemoving(false)} />}
    </div>
  );
}

function RemoveAnswer({ stored, onClose }: { readonly stored: StoredAnswer; readonly onClose: () => void }) {
  const words = useMessages(answerCatalogue).pane;
  const remove = useCall('answers.remove');
  return (
    <RemovalDialog
      title={words.removeTitle(inertText(stored.name, 60))}
      description={words.removeText}
      words={words}
      call={remove}
      onRemove={() => remove.run({ answerId: stored.id })}
      onClose={onClose}
    />
  );
}
