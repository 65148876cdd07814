import styles from './progress.module.css';
import type { Tone } from './tone.ts';

interface ProgressProps {
  /** What is measured, for screen readers. */
  readonly label: string;
  /** 0 to 100; absent while there is no measure. */
  readonly percent?: number | undefined;
  readonly tone?: Tone | undefined;
}

export function Progress({ label, percent, tone = 'wire' }: ProgressProps) {
  const shown = percent === undefined ? undefined : Math.min(100, Math.max(0, percent));
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={shown === undefined ? undefined : Math.floor(shown)}
    >
      <div
        className={shown === undefined ? styles.unmeasured : styles.bar}
        data-tone={tone}
        style={shown === undefined ? undefined : { transform: `scaleX(${shown / 100})` }}
      />
    </div>
  );
}
