import { Pencil, RotateCcw } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { previewCommandLine } from './command-line-preview.ts';
import styles from './kernel-arguments.module.css';
import { wizardCatalogue } from './messages.ts';

interface KernelArgumentsProps {
  /** The entry's own. */
  readonly commandLine: string;
  /** What the image is told of its answer file. */
  readonly answerArguments: string;
}

/** What is added to the entry's command line, and the whole line that follows; or a line of the person's own. */
export function KernelArguments({ commandLine: ownOfEntry, answerArguments }: KernelArgumentsProps) {
  const words = useMessages(wizardCatalogue).boot.arguments;
  const { extraArguments, commandLine } = useDraft();
  const change = useChangeDraft();
  const line = previewCommandLine(commandLine ?? ownOfEntry, `${answerArguments} ${extraArguments}`);
  return (
    <div className={styles.arguments}>
      <Field label={words.label} optional={words.optional} hint={words.hint}>
        {(control) => (
          <Input
            {...control}
            code
            maxLength={2000}
            value={extraArguments}
            onChange={({ target }) => change((draft) => ({ ...draft, extraArguments: target.value }))}
          />
        )}
      </Field>
      {commandLine !== undefined && (
        <Field label={words.own} hint={words.ownHint}>
          {(control) => (
            <TextArea
              {...control}
              code
              rows={3}
              maxLength={4000}
              value={commandLine}
              onChange={({ target }) => change((draft) => ({ ...draft, commandLine: target.value }))}
            />
          )}
        </Field>
      )}
      <div className={styles.preview}>
        <div className={styles.head}>
          <span className={styles.label}>{words.preview}</span>
          {commandLine === undefined ? (
            <Button
              size="small"
              kind="quiet"
              icon={<Pencil aria-hidden />}
              onClick={() => change((draft) => ({ ...draft, commandLine: ownOfEntry }))}
            >
              {words.edit}
            </Button>
          ) : (
            <Button
              size="small"
              kind="quiet"
              icon={<RotateCcw aria-hidden />}
              onClick={() => change((draft) => ({ ...draft, commandLine: undefined }))}
            >
              {words.restore}
            </Button>
          )}
        </div>
        <p className={styles.line}>
          {Object.values(line).every((part) => part === '') && words.none}
          <Untrusted text={line.before} most={4000} code />{' '}
          <strong className={styles.added}>
            <Untrusted text={line.added} most={2000} code />
          </strong>{' '}
          <Untrusted text={line.after} most={4000} code />
        </p>
      </div>
    </div>
  );
}
