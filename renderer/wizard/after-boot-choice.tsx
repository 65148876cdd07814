import { useChangeDraft, useDraft } from '../store/context.tsx';
import { proposedAfterBoot } from '../store/wizard-draft.ts';
import { Choice, Choices } from '../ui/choice.tsx';
import { wizardMessages } from './messages.en.ts';

const words = wizardMessages.boot.after;
const kinds = [
  ['local-disk', words.localDisk],
  ['boot-again', words.again],
] as const;

export function AfterBootChoice({ isDestructive }: { readonly isDestructive: boolean }) {
  const { afterBoot } = useDraft();
  const change = useChangeDraft();
  return (
    <Choices label={words.label} showLabel>
      {kinds.map(([kind, { title, detail }]) => (
        <Choice
          key={kind}
          group="after-boot"
          value={kind}
          checked={kind === (afterBoot ?? proposedAfterBoot(isDestructive))}
          onChoose={() => change((draft) => ({ ...draft, afterBoot: kind }))}
          title={title}
          detail={detail}
        />
      ))}
    </Choices>
  );
}
