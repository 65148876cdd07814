import type { ReactNode } from 'react';
import styles from './badge.module.css';
import type { Tone } from './tone.ts';

interface BadgeProps {
  readonly tone?: Tone | undefined;
  readonly icon?: ReactNode;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** A short fact. Its colour never says it alone: the words do. */
export function Badge({ tone = 'neutral', icon, title, children }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  );
}

/** A lamp on the faceplate; decoration beside words that say the same. */
export function Lamp({ tone, live = false }: { readonly tone: Tone; readonly live?: boolean | undefined }) {
  return <span className={styles.lamp} data-tone={tone} data-live={live} aria-hidden />;
}
