import { CircleAlert, CircleCheck, CircleDashed, RefreshCw, TriangleAlert } from 'lucide-react';
import type { PreflightCheck, SessionDraft } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useStation } from '../store/context.tsx';
import type { StationCall } from '../store/use-call.ts';
import type { WizardStep } from '../store/wizard-draft.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './preflight-list.module.css';
import { proposeAddress } from './propose-address.ts';

const icons = { passed: CircleCheck, warning: TriangleAlert, failed: CircleAlert, running: CircleDashed };

const urgency: readonly PreflightCheck['state'][] = ['failed', 'running', 'warning', 'passed'];

/** What keeps Start off, first: nobody should scroll for it. */
const inUrgency = (checks: readonly PreflightCheck[]): PreflightCheck[] =>
  checks.toSorted((one, other) => urgency.indexOf(one.state) - urgency.indexOf(other.state));

interface PreflightListProps {
  readonly preflight: StationCall<'session.preflight'>;
  readonly draft: SessionDraft;
  readonly onGoTo: (step: WizardStep) => void;
}

/** Every check with its state and, where it did not pass, what to do about it. */
export function PreflightList({ preflight, draft, onGoTo }: PreflightListProps) {
  const words = useMessages(wizardCatalogue).check;
  const again = (
    <Button
      size="small"
      icon={<RefreshCw aria-hidden />}
      busy={preflight.busy}
      onClick={() => void preflight.run(draft)}
    >
      {words.again}
    </Button>
  );
  if (preflight.error !== undefined) return <ErrorNote error={preflight.error} action={again} />;
  return (
    <Card flush aria-label={words.list}>
      <header className={styles.header}>
        <h2 className={styles.title}>{words.list}</h2>
        {again}
      </header>
      {preflight.value === undefined ? (
        <div className={styles.loading}>
          <Spinner label={words.running} />
        </div>
      ) : (
        <ul aria-busy={preflight.busy}>
          {inUrgency(preflight.value.checks).map((check) => (
            <Check key={check.id} check={check} preflight={preflight} draft={draft} onGoTo={onGoTo} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Check({ check, preflight, draft, onGoTo }: { readonly check: PreflightCheck } & PreflightListProps) {
  const words = useMessages(wizardCatalogue).check;
  const Icon = icons[check.state];
  return (
    <li className={styles.check} data-state={check.state}>
      <Icon className={styles.icon} role="img" aria-label={words.state[check.state]} />
      <div className={styles.words}>
        <h3 className={styles.name}>{words.titles[check.id]}</h3>
        <p className={styles.detail}>
          <Untrusted text={check.detail} most={400} />
        </p>
        {check.advice !== undefined && check.state !== 'passed' && (
          <p className={styles.advice}>
            <Untrusted text={check.advice} most={400} />
          </p>
        )}
      </div>
      <Fix check={check} preflight={preflight} draft={draft} onGoTo={onGoTo} />
    </li>
  );
}

function Fix({
  check: { fix, state },
  preflight,
  draft,
  onGoTo,
}: { readonly check: PreflightCheck } & PreflightListProps) {
  const words = useMessages(wizardCatalogue).check;
  const change = useChangeDraft();
  const interfaces = useStation((station) => station.interfaces);
  if (fix === undefined || state === 'passed') return null;
  const run = (): void => {
    if (fix === 'retry') return void preflight.run(draft);
    if (fix === 'choose-image') return onGoTo('image');
    // With an address already chosen, another one is needed: that is for the person to choose.
    if (draft.address !== undefined) return onGoTo('network');
    change((now) => ({ ...now, address: proposeAddress(interfaces) }));
  };
  return (
    <Button size="small" kind="plain" onClick={run}>
      {words.fix[fix]}
    </Button>
  );
}
