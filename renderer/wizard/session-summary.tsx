import type { Entry } from '../../main/contract/image.ts';
import type { ApprovalPolicy, SessionDraft } from '../../main/contract/session.ts';
import type { LibraryImage } from '../../main/contract/state.ts';
import type { Translation } from '../language/catalogue.ts';
import { useMessages } from '../language/context.tsx';
import { SaveProfile } from '../profiles/save-profile.tsx';
import { useStation } from '../store/context.tsx';
import type { WizardStep } from '../store/wizard-draft.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataList, type Fact } from '../ui/data-list.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { ipv4Of } from './interface-order.ts';
import type { wizardMessages } from './messages.en.ts';
import { wizardCatalogue } from './messages.ts';
import styles from './session-summary.module.css';

interface SessionSummaryProps {
  readonly draft: SessionDraft;
  readonly image: LibraryImage | undefined;
  readonly entry: Entry | undefined;
  readonly onChange: (step: WizardStep) => void;
}

/** Everything that was chosen, with the way back to where it was. */
export function SessionSummary({ draft, image, entry, onChange }: SessionSummaryProps) {
  const messages = useMessages(wizardCatalogue);
  const { boot, steps } = messages;
  const words = messages.check.summary;
  const network = useStation(({ interfaces }) => interfaces.find(({ name }) => name === draft.interfaceName));
  const answer = useStation(({ answers }) => answers.find(({ id }) => id === draft.answer?.answerId));
  const own = network === undefined ? undefined : ipv4Of(network);
  const address = own === undefined ? draft.address : `${own.address}/${own.prefixLength}`;
  const parts: readonly { step: Exclude<WizardStep, 'start'>; facts: readonly Fact[] }[] = [
    { step: 'image', facts: [{ label: words.image, value: <Untrusted text={image?.name ?? ''} /> }] },
    {
      step: 'network',
      facts: [
        { label: words.network, value: <bdi>{[draft.interfaceName, address].filter(Boolean).join(' · ')}</bdi> },
        ...(draft.mode === undefined || draft.mode === 'auto'
          ? []
          : [{ label: words.mode, value: messages.network.mode.names[draft.mode] }]),
      ],
    },
    {
      step: 'boot',
      facts: [
        { label: words.entry, value: <Untrusted text={entry?.title ?? ''} /> },
        ...(draft.commandLine === undefined
          ? []
          : [{ label: words.commandLine, value: <Untrusted text={draft.commandLine} most={300} code /> }]),
        ...(draft.extraArguments === undefined || draft.extraArguments === ''
          ? []
          : [{ label: words.arguments, value: <Untrusted text={draft.extraArguments} most={300} code /> }]),
        ...(answer === undefined ? [] : [{ label: words.answer, value: <Untrusted text={answer.name} /> }]),
        { label: words.machines, value: policyWords(draft.approval, messages) },
        {
          label: words.after,
          value: draft.afterBoot === 'local-disk' ? boot.after.localDisk.title : boot.after.again.title,
        },
      ],
    },
  ];
  return (
    <Card flush>
      <header className={styles.header}>
        <h2 className={styles.title}>{words.title}</h2>
        <SaveProfile draft={draft} />
      </header>
      {parts.map(({ step, facts }) => (
        <div key={step} className={styles.part}>
          <DataList facts={facts} />
          <Button
            size="small"
            kind="quiet"
            aria-label={`${words.change}: ${steps[step].label}`}
            onClick={() => onChange(step)}
          >
            {words.change}
          </Button>
        </div>
      ))}
    </Card>
  );
}

function policyWords(approval: ApprovalPolicy, { boot, check }: Translation<typeof wizardMessages>): string {
  if (approval.kind === 'listed') return check.summary.listed(approval.macs.length);
  if (approval.kind === 'rules') return boot.approval.rules.title;
  return approval.kind === 'approved' ? boot.approval.approved.title : boot.approval.everyMachine.title;
}
