import { Cable, Unplug } from 'lucide-react';
import { useMessages } from '../language/context.tsx';
import { useChangeDraft, useDraft, useStation } from '../store/context.tsx';
import type { StationCall } from '../store/use-call.ts';
import { canBeChosen, withInterface } from '../store/wizard-draft.ts';
import { Choices } from '../ui/choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Note } from '../ui/note.tsx';
import { InterfaceAddress } from './interface-address.tsx';
import { InterfaceChoice } from './interface-choice.tsx';
import { inOrder } from './interface-order.ts';
import { wizardCatalogue } from './messages.ts';
import styles from './network-step.module.css';
import { ModeChoice } from './mode-choice.tsx';
import { ProbeResult } from './probe-result.tsx';
import { WireDiagram } from './wire-diagram.tsx';

/** Step 2: the one interface that is served on, what else is on its wire, and its address. */
export function NetworkStep({ probe }: { readonly probe: StationCall<'interfaces.probe'> }) {
  const words = useMessages(wizardCatalogue).network;
  const { interfaceName, mode } = useDraft();
  const change = useChangeDraft();
  const interfaces = useStation((station) => station.interfaces);
  const chosen = interfaces.find((one) => one.name === interfaceName && canBeChosen(one));
  const others = probe.value?.interfaceName === chosen?.name && (probe.value?.servers.length ?? 0) > 0;
  if (interfaces.length === 0) {
    return (
      <EmptyState icon={<Unplug aria-hidden />} title={words.none.title}>
        {words.none.text}
      </EmptyState>
    );
  }
  return (
    <div className={styles.columns}>
      <div className={styles.choices}>
        {!interfaces.some(canBeChosen) && (
          <Note tone="waiting" title={words.noFit.title}>
            {words.noFit.text}
          </Note>
        )}
        <Choices label={words.label}>
          {inOrder(interfaces).map((network) => (
            <InterfaceChoice
              key={network.name}
              network={network}
              checked={network.name === chosen?.name}
              onChoose={() => change((draft) => withInterface(draft, network.name))}
            />
          ))}
        </Choices>
      </div>
      <div className={styles.about}>
        {chosen === undefined ? (
          interfaces.some(canBeChosen) && (
            <div className={styles.nothing}>
              <EmptyState icon={<Cable aria-hidden />} title={words.nothingChosen.title}>
                {words.nothingChosen.text}
              </EmptyState>
            </div>
          )
        ) : (
          <>
            <WireDiagram network={chosen} probe={probe} />
            <InterfaceAddress network={chosen} />
            <ProbeResult network={chosen} probe={probe} />
            {(others || mode !== undefined) && <ModeChoice proposed={probe.value?.proposedMode} />}
          </>
        )}
      </div>
    </div>
  );
}
