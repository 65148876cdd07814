import type { LibraryImage } from '../../main/contract/state.ts';
import { useMessages } from '../language/context.tsx';
import { sharedCatalogue } from '../app/messages.ts';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { chosenEntry, withEntry } from '../store/wizard-draft.ts';
import { Badge } from '../ui/badge.tsx';
import { Choice, Choices } from '../ui/choice.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './entry-choice.module.css';

interface EntryChoiceProps {
  readonly image: LibraryImage;
  readonly label: string;
  readonly showsCommandLine?: boolean | undefined;
}

/** Which of an image's entries to boot. Another entry may call for another policy, so that goes back to what is proposed. */
export function EntryChoice({ image, label, showsCommandLine = false }: EntryChoiceProps) {
  const words = useMessages(wizardCatalogue).boot;
  const { firmware: firmwareNames } = useMessages(sharedCatalogue);
  const draft = useDraft();
  const change = useChangeDraft();
  const { entries, defaultEntryId, firmware } = image.description ?? { entries: [], firmware: [] };
  const chosen = chosenEntry(draft, image);
  return (
    <Choices label={label} showLabel>
      {entries.map((entry) => {
        const suits = firmware.filter((one) => entry.variants.some((variant) => variant.firmware.includes(one)));
        return (
          <Choice
            key={entry.id}
            group="entry"
            value={entry.id}
            checked={entry.id === chosen?.id}
            onChoose={() => change((now) => withEntry(now, entry.id))}
            title={
              <>
                <Untrusted text={entry.title} />
                {entry.id === defaultEntryId && <span className={styles.usual}> {words.usual}</span>}
              </>
            }
            detail={
              <>
                {suits.length < firmware.length && (
                  <span className={styles.firmware}>
                    {words.only(suits.map((one) => firmwareNames[one]).join(', '))}
                  </span>
                )}
                {showsCommandLine && <Untrusted text={kernelLine(entry.variants[0])} most={200} code />}
              </>
            }
            aside={
              <Badge tone={entry.destructive ? 'trouble' : 'neutral'}>
                {entry.destructive ? words.destructive : words.harmless}
              </Badge>
            }
          />
        );
      })}
    </Choices>
  );
}

function kernelLine(variant: { readonly kernel: string; readonly commandLine: string } | undefined): string {
  return variant === undefined ? '' : `${variant.kernel} ${variant.commandLine}`;
}
