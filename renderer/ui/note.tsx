import { CircleAlert, Info, TriangleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './note.module.css';
import type { Tone } from './tone.ts';

const icons = { neutral: Info, wire: Info, waiting: TriangleAlert, trouble: CircleAlert, done: CircleCheck };

interface NoteProps {
  readonly tone?: Tone | undefined;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Told to screen readers at once. */
  readonly urgent?: boolean | undefined;
}

/** Something to know, right where it matters. */
export function Note({ tone = 'neutral', title, children, action, urgent = false }: NoteProps) {
  const Icon = icons[tone];
  return (
    <div className={styles.note} data-tone={tone} role={urgent ? 'alert' : undefined}>
      <Icon className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <div className={styles.title}>{title}</div>
        {children !== undefined && <div className={styles.text}>{children}</div>}
      </div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** An error of the station in its two voices: what happened, what to do. */
export function ErrorNote({
  error,
  action,
}: {
  readonly error: { readonly code: string; readonly title: string; readonly advice: string };
  readonly action?: ReactNode;
}) {
  return (
    <Note tone="trouble" title={error.title} action={action} urgent>
      <p>{error.advice}</p>
      <p className={styles.code}>{error.code}</p>
    </Note>
  );
}
