import type { PreflightCheck, SessionDraft } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useStation } from '../store/context.tsx';
import type { StationCall } from '../store/use-call.ts';
import { type WizardStep, withOverride } from '../store/wizard-draft.ts';
import type { CallError } from '../transport/transport.ts';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Switch } from '../ui/switch.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { wizardCatalogue } from './messages.ts';
import { PreflightList } from './preflight-list.tsx';
import { SessionSummary } from './session-summary.tsx';
import styles from './start-step.module.css';

interface StartStepProps {
  readonly draft: SessionDraft;
  readonly preflight: StationCall<'session.preflight'>;
  readonly startError: CallError | undefined;
  readonly onChange: (step: WizardStep) => void;
}

/** Step 4: what must be true, whether it is, and what will happen. */
export function StartStep({ draft, preflight, startError, onChange }: StartStepProps) {
  const words = useMessages(wizardCatalogue).check;
  const change = useChangeDraft();
  const image = useStation(({ images }) => images.find(({ id }) => id === draft.imageId));
  const entry = image?.description?.entries.find(({ id }) => id === draft.entryId);
  const hasFailed = (wanted: PreflightCheck['id']): boolean =>
    preflight.value?.checks.some(({ id, state }) => id === wanted && state === 'failed') ?? false;
  const isForeign = hasFailed('foreign-dhcp');
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {startError !== undefined && <ErrorNote error={startError} />}
        {entry?.destructive === true && (
          <Note tone="trouble" title={words.destructive.title(inertText(entry.title, 60))}>
            <WhoMayErase draft={draft} />
          </Note>
        )}
        <PreflightList preflight={preflight} draft={draft} onGoTo={onChange} />
        {(isForeign || hasFailed('interface-fit') || draft.override) && (
          <Switch
            label={words.override.label}
            hint={words.override.hint}
            checked={draft.override}
            onChange={(override) => change((now) => withOverride(now, override, isForeign))}
          />
        )}
      </div>
      <SessionSummary draft={draft} image={image} entry={entry} onChange={onChange} />
    </div>
  );
}

function WhoMayErase({ draft: { approval, interfaceName } }: { readonly draft: SessionDraft }) {
  const words = useMessages(wizardCatalogue).check.destructive;
  switch (approval.kind) {
    case 'every-machine':
      return words.every(interfaceName);
    case 'approved':
      return words.approved;
    case 'listed':
      return words.listed(approval.macs.length);
    case 'rules':
      return words.rules;
    default:
      return approval satisfies never;
  }
}
