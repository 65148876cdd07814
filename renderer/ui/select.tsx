import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import field from './field.module.css';
import styles from './select.module.css';

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** One of many, where there is no room to show them all. */
export function Select({ value, options, onChange, className, ...rest }: SelectProps) {
  return (
    <select
      {...rest}
      className={classNames(field.input, styles.select, className)}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
