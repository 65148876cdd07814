import { useMessages } from '../language/context.tsx';
import { useDraft, useStation } from '../store/context.tsx';
import { chosenEntry, chosenImage } from '../store/wizard-draft.ts';
import { AfterBootChoice } from './after-boot-choice.tsx';
import { AnswerFile } from './answer-file.tsx';
import { ApprovalChoice } from './approval-choice.tsx';
import styles from './boot-step.module.css';
import { EntryChoice } from './entry-choice.tsx';
import { KernelArguments } from './kernel-arguments.tsx';
import { wizardCatalogue } from './messages.ts';

/** Step 3: what exactly boots on which machines, and what they get when they come back. */
export function BootStep() {
  const messages = useMessages(wizardCatalogue);
  const draft = useDraft();
  const images = useStation((station) => station.images);
  const image = chosenImage(draft, images);
  if (image === undefined) return null;
  const entry = chosenEntry(draft, image);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <EntryChoice image={image} label={messages.boot.entry} />
        <KernelArguments commandLine={entry?.variants[0]?.commandLine ?? ''} />
        <AnswerFile />
      </div>
      <div className={styles.column}>
        <ApprovalChoice isDestructive={entry?.destructive ?? true} />
        <AfterBootChoice isDestructive={entry?.destructive ?? true} />
      </div>
    </div>
  );
}
