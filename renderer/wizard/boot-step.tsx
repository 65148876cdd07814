import { AnswerChoice } from '../answers/answer-choice.tsx';
import { useMessages } from '../language/context.tsx';
import { useDraft, useStation } from '../store/context.tsx';
import { chosenEntry, chosenImage } from '../store/wizard-draft.ts';
import { AfterBootChoice } from './after-boot-choice.tsx';
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
  const answers = useStation((station) => station.answers);
  const image = chosenImage(draft, images);
  if (image === undefined) return null;
  const entry = chosenEntry(draft, image);
  const answer = answers.find(({ id }) => id === draft.answer?.answerId);
  const answerArguments =
    answer === undefined ? '' : (image.description?.answerFileArguments ?? '').replaceAll('{name}', answer.mainFile);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <EntryChoice image={image} label={messages.boot.entry} />
        <AnswerChoice image={image.description} />
        <KernelArguments commandLine={entry?.variants[0]?.commandLine ?? ''} answerArguments={answerArguments} />
      </div>
      <div className={styles.column}>
        <ApprovalChoice isDestructive={entry?.destructive ?? true} />
        <AfterBootChoice isDestructive={entry?.destructive ?? true} />
      </div>
    </div>
  );
}
