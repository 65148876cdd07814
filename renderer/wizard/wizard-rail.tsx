import type { NetworkInterface } from '../../main/contract/network.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useDraft, useStation } from '../store/context.tsx';
import {
  type Lacking,
  type WizardStep,
  chosenEntry,
  chosenImage,
  chosenInterface,
  wizardSteps,
} from '../store/wizard-draft.ts';
import { Rail, type RailNode } from '../ui/rail.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './wizard-rail.module.css';

interface WizardRailProps {
  readonly step: WizardStep;
  readonly lacking: Lacking | undefined;
  readonly onChoose: (step: WizardStep) => void;
}

/** The wire from the image to the machines, with what is plugged in at each step. A step that makes sense already can be gone to. */
export function WizardRail({ step, lacking, onChoose }: WizardRailProps) {
  const words = useMessages(wizardCatalogue);
  const details = useDetails();
  const firstLack = lacking === undefined ? wizardSteps.length : wizardSteps.indexOf(stepOf[lacking]);
  const nodes = wizardSteps.map((id, index): RailNode => {
    const isPast = index < firstLack && index < wizardSteps.indexOf(step);
    return {
      id,
      label: words.steps[id].label,
      detail: details[id],
      state: id === step ? 'current' : isPast ? 'done' : 'todo',
    };
  });
  return (
    <div className={styles.wire}>
      <Rail
        label={words.rail}
        size="large"
        nodes={nodes}
        onChoose={(id) => {
          const target = wizardSteps.find((one) => one === id);
          const isOpen = target !== undefined && target !== step && wizardSteps.indexOf(target) <= firstLack;
          return isOpen ? () => onChoose(target) : undefined;
        }}
      />
    </div>
  );
}

const stepOf: Record<Lacking, WizardStep> = {
  image: 'image',
  netboot: 'image',
  interface: 'network',
  entry: 'boot',
  macs: 'boot',
  rule: 'boot',
};

function useDetails(): Record<WizardStep, RailNode['detail']> {
  const words = useMessages(wizardCatalogue);
  const format = useFormats();
  const draft = useDraft();
  const images = useStation((station) => station.images);
  const interfaces = useStation((station) => station.interfaces);
  const image = chosenImage(draft, images);
  const network = chosenInterface(draft, interfaces);
  const wire = ({ name, speedMbps }: NetworkInterface): string =>
    [name, speedMbps && format.linkSpeed(speedMbps)].filter(Boolean).join(' · ');
  const entry = image === undefined ? undefined : chosenEntry(draft, image);
  return {
    image: image === undefined ? words.steps.image.nothing : <Untrusted text={image.name} oneLine />,
    network: network === undefined ? words.steps.network.nothing : <Untrusted text={wire(network)} oneLine />,
    boot: entry === undefined ? null : <Untrusted text={entry.title} oneLine />,
    start: null,
  };
}
