import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { proposedAfterBoot } from '../store/wizard-draft.ts';
import { Choice, Choices } from '../ui/choice.tsx';
import { wizardCatalogue } from './messages.ts';

export function AfterBootChoice({ isDestructive }: { readonly isDestructive: boolean }) {
  const words = useMessages(wizardCatalogue).boot.after;
  const { afterBoot } = useDraft();
  const change = useChangeDraft();
  const kinds = [
    ['local-disk', words.localDisk],
    ['boot-again', words.again],
  ] as const;
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
