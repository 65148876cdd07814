import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

interface FieldProps {
  readonly label: ReactNode;
  /** What to write, or what it does. */
  readonly hint?: ReactNode;
  /** What is wrong with what was written. Its line is kept free, so that nothing jumps. */
  readonly error?: string | undefined;
  readonly optional?: string | undefined;
  readonly className?: string | undefined;
  readonly children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

/** A labelled control with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const id = useId();
  return (
    <div className={classNames(styles.field, className)}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional !== undefined && <span className={styles.optional}>{optional}</span>}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': error !== undefined })}
      <div id={`${id}-note`} className={classNames(styles.note, error !== undefined && styles.wrong)}>
        {error ?? hint}
      </div>
    </div>
  );
}

interface InputProps extends ComponentProps<'input'> {
  /** For addresses, checksums, kernel arguments: every character counts. */
  readonly code?: boolean | undefined;
}

export function Input({ code = false, className, ...rest }: InputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={classNames(styles.input, code && styles.code, className)}
    />
  );
}

interface TextAreaProps extends ComponentProps<'textarea'> {
  readonly code?: boolean | undefined;
}

export function TextArea({ code = false, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={classNames(styles.input, styles.area, code && styles.code, className)}
    />
  );
}
