import type { ComponentProps } from 'react';
import styles from './checkbox.module.css';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange'> {
  /** For screen readers: there are no words beside it. */
  readonly label: string;
  readonly checked: boolean;
  /** Some of what it stands for is checked. */
  readonly mixed?: boolean | undefined;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ label, checked, mixed = false, onChange, ...rest }: CheckboxProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      className={styles.box}
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box !== null) box.indeterminate = mixed;
      }}
      onChange={({ target }) => onChange(target.checked)}
    />
  );
}
