import type { ReactNode } from 'react';
import styles from './pick-list.module.css';

interface PickListProps {
  readonly label: string;
  readonly chosenId: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly items: readonly {
    readonly id: string;
    readonly title: ReactNode;
    readonly detail?: ReactNode;
    /** At the right: a badge. */
    readonly aside?: ReactNode;
  }[];
}

/** Things of which one is shown beside the list. */
export function PickList({ label, chosenId, onChoose, items }: PickListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map(({ id, title, detail, aside }) => (
        <li key={id} className={styles.item}>
          <button type="button" className={styles.button} aria-current={id === chosenId} onClick={() => onChoose(id)}>
            <span className={styles.words}>
              <span className={styles.title}>{title}</span>
              {detail !== undefined && <span className={styles.detail}>{detail}</span>}
            </span>
            {aside}
          </button>
        </li>
      ))}
    </ul>
  );
}
