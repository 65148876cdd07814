import type { ReactNode } from 'react';
import styles from './choice.module.css';

interface ChoiceProps {
  /** The same for all choices of which one holds. */
  readonly group: string;
  readonly value: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** At the right: a badge, a speed. */
  readonly aside?: ReactNode;
  /** Cannot be chosen; `detail` says why. */
  readonly disabled?: boolean | undefined;
}

/** One socket of several: a radio button with room for what it means. */
export function Choice({ group, value, checked, onChoose, title, detail, aside, disabled = false }: ChoiceProps) {
  return (
    <label className={styles.choice} data-checked={checked} data-disabled={disabled}>
      <input
        type="radio"
        className={styles.input}
        name={group}
        value={value}
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
      />
      <span className={styles.socket} aria-hidden />
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
      {aside !== undefined && <span className={styles.aside}>{aside}</span>}
    </label>
  );
}

interface ChoicesProps {
  readonly label: string;
  /** The label is written above it, else only told to screen readers. */
  readonly showLabel?: boolean | undefined;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

export function Choices({ label, showLabel = false, hint, children }: ChoicesProps) {
  return (
    <fieldset className={styles.group}>
      <legend className={showLabel ? styles.legend : styles.hidden}>{label}</legend>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      <div className={styles.list}>{children}</div>
    </fieldset>
  );
}
