import type { ReactNode } from 'react';
import styles from './data-list.module.css';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** Facts as label and value, lined up. */
export function DataList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.list}>
      {facts.map(({ label, value }) => (
        <div key={label} className={styles.row}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
