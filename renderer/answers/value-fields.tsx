import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { StoredAnswer } from '../../main/contract/answer.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { answerCatalogue } from './messages.ts';
import styles from './value-fields.module.css';

/** The values and secrets that an answer file asks a person for. */
export function ValueFields({ answer: { variables, secrets } }: { readonly answer: StoredAnswer }) {
  const words = useMessages(answerCatalogue).values;
  const draft = useDraft();
  const change = useChangeDraft();
  if (variables.length === 0 && secrets.length === 0) return null;
  const setVariable = (name: string, value: string): void =>
    change((now) =>
      now.answer === undefined
        ? now
        : { ...now, answer: { ...now.answer, variables: { ...now.answer.variables, [name]: value } } },
    );
  return (
    <fieldset className={styles.fields}>
      <legend className={styles.legend}>{words.title}</legend>
      {variables.length > 0 && <p className={styles.hint}>{words.hint}</p>}
      <div className={styles.grid}>
        {variables.map((name) => (
          <Field key={name} label={name}>
            {(control) => (
              <Input
                {...control}
                maxLength={4000}
                value={draft.answer?.variables[name] ?? ''}
                onChange={({ target }) => setVariable(name, target.value)}
              />
            )}
          </Field>
        ))}
        {secrets.map((name) => (
          <SecretField key={name} name={name} />
        ))}
      </div>
      {secrets.length > 0 && <p className={styles.hint}>{words.secretHint}</p>}
    </fieldset>
  );
}

function SecretField({ name }: { readonly name: string }) {
  const words = useMessages(answerCatalogue).values;
  const { secrets = {} } = useDraft();
  const change = useChangeDraft();
  const [isShown, setIsShown] = useState(false);
  return (
    <Field label={name} optional={words.secret}>
      {(control) => (
        <span className={styles.secret}>
          <Input
            {...control}
            type={isShown ? 'text' : 'password'}
            autoComplete="new-password"
            maxLength={4000}
            value={secrets[name] ?? ''}
            onChange={({ target }) => change((now) => ({ ...now, secrets: { ...now.secrets, [name]: target.value } }))}
          />
          <IconButton
            label={isShown ? words.hide : words.show}
            icon={isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            onClick={() => setIsShown(!isShown)}
          />
        </span>
      )}
    </Field>
  );
}
