import { type ReactNode, useEffect, useRef } from 'react';
import { classNames } from './class-names.ts';
import styles from './screen.module.css';

interface ScreenProps {
  readonly title: ReactNode;
  /** One sentence that says what this screen is for, or what to do on it. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Stays in sight above the title. */
  readonly above?: ReactNode;
  /** Stays in sight below what scrolls. */
  readonly footer?: ReactNode;
  /** Moves the focus to the title whenever this changes, not at first. */
  readonly focusKey?: string | undefined;
  /** `reading` keeps lines short; `wide` takes all there is. */
  readonly width?: 'reading' | 'wide' | undefined;
  readonly children: ReactNode;
}

/** A screen's frame: its title, what it is for, what can be done, and what scrolls. */
export function Screen({ title, lead, actions, above, footer, focusKey, width = 'wide', children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shownKey = useRef(focusKey);
  useEffect(() => {
    if (shownKey.current !== focusKey) heading.current?.focus();
    shownKey.current = focusKey;
  }, [focusKey]);
  return (
    <div className={styles.screen}>
      {above !== undefined && <div className={styles.above}>{above}</div>}
      <div className={styles.scroll}>
        <div className={classNames(styles.content, styles[width])}>
          <header className={styles.header}>
            <div className={styles.words}>
              <h1 ref={heading} tabIndex={-1} className={styles.title}>
                {title}
              </h1>
              {lead !== undefined && <p className={styles.lead}>{lead}</p>}
            </div>
            {actions !== undefined && <div className={styles.actions}>{actions}</div>}
          </header>
          {children}
        </div>
      </div>
      {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
    </div>
  );
}
