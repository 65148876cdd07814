import type { SessionMode, ServingMode } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft } from '../store/context.tsx';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './mode-choice.module.css';

const modes: readonly SessionMode[] = ['auto', 'dhcp', 'proxy'];

/** Who gives out the addresses, where that is a question: what is proposed holds until a person says otherwise. */
export function ModeChoice({ proposed }: { readonly proposed: ServingMode | 'none' | undefined }) {
  const words = useMessages(wizardCatalogue).network.mode;
  const { mode = 'auto' } = useDraft();
  const change = useChangeDraft();
  const hint = mode === 'auto' ? words.proposed[proposed ?? 'dhcp'] : words.hint[mode];
  return (
    <Card className={styles.mode}>
      <div className={styles.words}>
        <h2 className={styles.title}>{words.label}</h2>
        <p className={styles.hint}>{hint}</p>
      </div>
      <Segmented
        label={words.label}
        value={mode}
        options={modes.map((value) => ({ value, label: words.names[value] }))}
        onChange={(chosen) => change((draft) => ({ ...draft, mode: chosen === 'auto' ? undefined : chosen }))}
      />
    </Card>
  );
}
