import type { ReactNode } from 'react';
import { useMessages } from '../language/context.tsx';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './wizard-footer.module.css';

interface WizardFooterProps {
  readonly back: ReactNode;
  /** What is lacking, or that all is there. */
  readonly words: ReactNode;
  /** The person tried to go on: it is told at once. */
  readonly isUrgent: boolean;
  /** The button that goes on. */
  readonly children: ReactNode;
}

/** The way back, the way on, and what stands in it. */
export function WizardFooter({ back, words, isUrgent, children }: WizardFooterProps) {
  return (
    <div className={styles.footer}>
      {back}
      <p className={styles.words} role={isUrgent ? 'alert' : undefined}>
        {words}
      </p>
      {children}
    </div>
  );
}

export function BackButton({ onClick }: { readonly onClick: () => void }) {
  const messages = useMessages(wizardCatalogue);
  return (
    <Button kind="quiet" size="large" className={styles.back} onClick={onClick}>
      {messages.back}
      <span className={styles.key}>
        <KeyHint keys={['Esc']} />
      </span>
    </Button>
  );
}

interface ContinueButtonProps {
  /** Something is lacking: pressing it says what. */
  readonly isOff: boolean;
  /** Nothing else on the step is to be done first. */
  readonly isNextThing: boolean;
}

export function ContinueButton({ isOff, isNextThing }: ContinueButtonProps) {
  const messages = useMessages(wizardCatalogue);
  return (
    <Button
      type="submit"
      kind={isNextThing ? 'primary' : 'plain'}
      size="large"
      className={styles.main}
      aria-disabled={isOff}
    >
      {messages.next}
    </Button>
  );
}

export function StartButton({ isBusy, isOff }: { readonly isBusy: boolean; readonly isOff: boolean }) {
  const messages = useMessages(wizardCatalogue);
  return (
    <Button type="submit" kind="primary" size="large" className={styles.main} busy={isBusy} disabled={isOff && !isBusy}>
      {messages.start}
    </Button>
  );
}
