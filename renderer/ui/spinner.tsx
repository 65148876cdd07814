import styles from './spinner.module.css';

/** Something is under way that has no measure. */
export function Spinner({ label }: { readonly label: string }) {
  return (
    <span className={styles.row} role="status">
      <span className={styles.spinner} aria-hidden />
      {label}
    </span>
  );
}
