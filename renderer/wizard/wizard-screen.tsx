import { type FormEvent, type ReactNode, useState } from 'react';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft, useStation } from '../store/context.tsx';
import { useCall } from '../store/use-call.ts';
import { type Lacking, type WizardStep, completeDraft, wizardSteps } from '../store/wizard-draft.ts';
import { Screen } from '../ui/screen.tsx';
import { BootStep } from './boot-step.tsx';
import { ImageStep } from './image-step.tsx';
import { ipv4Of } from './interface-order.ts';
import { wizardCatalogue } from './messages.ts';
import { NetworkStep } from './network-step.tsx';
import { Rehearse } from './rehearse.tsx';
import { StartStep } from './start-step.tsx';
import { usePreflight } from './use-preflight.ts';
import { useProbe } from './use-probe.ts';
import { useStepKeys } from './use-step-keys.ts';
import { BackButton, ContinueButton, StartButton, WizardFooter } from './wizard-footer.tsx';
import { WizardRail } from './wizard-rail.tsx';
import styles from './wizard-screen.module.css';

/** What each step needs before the next one makes sense. */
const needs: Record<WizardStep, readonly Lacking[]> = {
  image: ['image', 'netboot'],
  network: ['image', 'netboot', 'interface'],
  boot: ['image', 'netboot', 'interface', 'entry', 'macs', 'rule'],
  start: ['image', 'netboot', 'interface', 'entry', 'macs', 'rule'],
};

/** Four steps from nothing to a bench of booting machines. Back and forth loses nothing: the draft is one for all. */
export function WizardScreen() {
  const words = useMessages(wizardCatalogue);
  const draft = useDraft();
  const change = useChangeDraft();
  const images = useStation((station) => station.images);
  const interfaces = useStation((station) => station.interfaces);
  const complete = completeDraft(draft, { images, interfaces });
  const lacking = 'lacking' in complete ? complete.lacking : undefined;
  const step = reachable(draft.step, lacking);
  const probe = useProbe(step === 'network' ? draft.interfaceName : undefined);
  const preflight = usePreflight(step === 'start' && 'draft' in complete ? complete.draft : undefined);
  const start = useCall('session.start');
  const [hasTried, setHasTried] = useState(false);

  const show = (next: WizardStep): void => {
    setHasTried(false);
    start.forgetError();
    change((now) => ({ ...now, step: next }));
  };
  const stepLack = needs[step].find((need) => need === lacking);
  const previous = wizardSteps[wizardSteps.indexOf(step) - 1];
  const next = wizardSteps[wizardSteps.indexOf(step) + 1];
  const network = interfaces.find(({ name }) => name === draft.interfaceName);
  // The one thing to do next is then to give it an address.
  const lacksAddress =
    step === 'network' && network !== undefined && draft.address === undefined && ipv4Of(network) === undefined;
  const canStart = 'draft' in complete && preflight.value?.ready === true;

  const goOn = (): void => {
    if (stepLack !== undefined) setHasTried(true);
    else if (next !== undefined) show(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (next !== undefined || stepLack !== undefined) goOn();
    else if (canStart && !start.busy) void start.run({ ...complete.draft, secrets: draft.secrets });
  };
  useStepKeys({
    onEscape: previous === undefined ? undefined : () => show(previous),
    // Nothing is started by a key that no button has the focus for.
    onEnter: next === undefined ? undefined : goOn,
  });

  const bodies: Record<WizardStep, () => ReactNode> = {
    image: () => <ImageStep />,
    network: () => <NetworkStep probe={probe} />,
    boot: () => <BootStep />,
    start: () =>
      'draft' in complete && (
        <StartStep draft={complete.draft} preflight={preflight} startError={start.error} onChange={show} />
      ),
  };
  return (
    <form onSubmit={submit} className={styles.wizard} noValidate>
      <Screen
        above={<WizardRail step={step} lacking={lacking} onChoose={show} />}
        title={words.steps[step].title}
        lead={words.steps[step].lead}
        focusKey={step}
        footer={
          <WizardFooter
            back={
              previous === undefined ? (
                <Rehearse imageId={draft.imageId} />
              ) : (
                <BackButton onClick={() => show(previous)} />
              )
            }
            words={<FooterWords lack={stepLack} step={step} preflight={preflight} />}
            isUrgent={hasTried}
          >
            {next === undefined ? (
              <StartButton isBusy={start.busy} isOff={!canStart} />
            ) : (
              <ContinueButton isOff={stepLack !== undefined} isNextThing={!lacksAddress} />
            )}
          </WizardFooter>
        }
      >
        {bodies[step]()}
      </Screen>
    </form>
  );
}

interface FooterWordsProps {
  readonly lack: Lacking | undefined;
  readonly step: WizardStep;
  readonly preflight: ReturnType<typeof usePreflight>;
}

function FooterWords({ lack, step, preflight: { value, busy } }: FooterWordsProps) {
  const words = useMessages(wizardCatalogue);
  if (lack !== undefined) return words.lacking[lack];
  if (step !== 'start') return null;
  if (busy || value === undefined) return words.check.running;
  const failed = value.checks.filter(({ required, state }) => required && state === 'failed');
  return value.ready ? words.check.ready : words.check.notReady(Math.max(1, failed.length));
}

/** What was chosen can go away (an image removed, an adapter pulled): then its step is the one to show. */
function reachable(step: WizardStep, lacking: Lacking | undefined): WizardStep {
  const at = wizardSteps.indexOf(step);
  return wizardSteps.find((one, index) => index < at && needs[one].some((need) => need === lacking)) ?? step;
}
