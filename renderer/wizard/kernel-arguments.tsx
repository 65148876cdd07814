import { useChangeDraft, useDraft } from '../store/context.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './kernel-arguments.module.css';
import { wizardMessages } from './messages.en.ts';

const words = wizardMessages.boot.arguments;

/** Arguments to add, and the whole line that follows. */
export function KernelArguments({ commandLine }: { readonly commandLine: string }) {
  const { extraArguments } = useDraft();
  const change = useChangeDraft();
  const added = extraArguments.trim();
  return (
    <div>
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
      <div className={styles.preview}>
        <span className={styles.label}>{words.preview}</span>
        <p className={styles.line}>
          {commandLine === '' && added === '' ? words.none : <Untrusted text={commandLine} most={600} code />}{' '}
          {added !== '' && (
            <mark className={styles.added}>
              <Untrusted text={added} most={2000} code />
            </mark>
          )}
        </p>
      </div>
    </div>
  );
}
