import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { wizardMessages } from './messages.en.ts';
import styles from './wizard-footer.module.css';

interface WizardFooterProps {
  readonly back: ReactNode;
  /** What is lacking, or that all is there. */
  readonly words: string | null;
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
  return (
    <Button kind="quiet" size="large" className={styles.back} onClick={onClick}>
      {wizardMessages.back}
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
  return (
    <Button
      type="submit"
      kind={isNextThing ? 'primary' : 'plain'}
      size="large"
      className={styles.main}
      aria-disabled={isOff}
    >
      {wizardMessages.next}
    </Button>
  );
}

export function StartButton({ isBusy, isOff }: { readonly isBusy: boolean; readonly isOff: boolean }) {
  return (
    <Button type="submit" kind="primary" size="large" className={styles.main} busy={isBusy} disabled={isOff && !isBusy}>
      {wizardMessages.start}
    </Button>
  );
}
