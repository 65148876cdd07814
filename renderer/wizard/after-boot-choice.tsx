import { useChangeDraft, useDraft } from '../store/context.tsx';
import { Choice, Choices } from '../ui/choice.tsx';
import { wizardMessages } from './messages.en.ts';

const words = wizardMessages.boot.after;
const kinds = [
  ['local-disk', words.localDisk],
  ['boot-again', words.again],
] as const;

export function AfterBootChoice() {
  const { afterBoot } = useDraft();
  const change = useChangeDraft();
  return (
    <Choices label={words.label} showLabel>
      {kinds.map(([kind, { title, detail }]) => (
        <Choice
          key={kind}
          group="after-boot"
          value={kind}
          checked={kind === afterBoot}
          onChoose={() => change((draft) => ({ ...draft, afterBoot: kind }))}
          title={title}
          detail={detail}
        />
      ))}
    </Choices>
  );
}
