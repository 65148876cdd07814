import { Cable, Container, MonitorSmartphone, Wifi } from 'lucide-react';
import type { NetworkInterface } from '../../main/contract/network.ts';
import type { Translation } from '../language/catalogue.ts';
import { useMessages } from '../language/context.tsx';
import { canBeChosen } from '../store/wizard-draft.ts';
import { Lamp } from '../ui/badge.tsx';
import { Choice } from '../ui/choice.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import styles from './interface-choice.module.css';
import { ipv4Of } from './interface-order.ts';
import type { wizardMessages } from './messages.en.ts';
import { wizardCatalogue } from './messages.ts';

const icons = { wired: Cable, wireless: Wifi, virtual: Container, loopback: MonitorSmartphone };

interface InterfaceChoiceProps {
  readonly network: NetworkInterface;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

/** One interface: what it is, whether something is at its other end, and where it is unfit, why. */
export function InterfaceChoice({ network, checked, onChoose }: InterfaceChoiceProps) {
  const words = useMessages(wizardCatalogue).network;
  const { name, kind, link, mac, fit, reason, defaultRoute } = network;
  const Icon = icons[kind];
  const address = ipv4Of(network);
  // Where there is a reason, it says that an address is missing.
  const missing = reason === undefined ? words.noAddress : undefined;
  const addressWords = address === undefined ? missing : `${address.address}/${address.prefixLength}`;
  return (
    <Choice
      group="interface"
      value={name}
      checked={checked}
      disabled={!canBeChosen(network)}
      onChoose={onChoose}
      title={
        <span className={styles.title}>
          <Icon aria-hidden />
          <Untrusted text={name} />
          <span className={styles.kind}>{words.kind[kind]}</span>
        </span>
      }
      detail={
        <>
          {canBeChosen(network) && (
            <span className={styles.addresses}>
              {[addressWords, mac].filter((part) => part !== undefined).join(' · ')}
            </span>
          )}
          {reason !== undefined && <Untrusted text={sentence(reason)} />}
          {defaultRoute && fit && <span>{words.internet}</span>}
        </>
      }
      aside={
        <span className={styles.link}>
          <Lamp tone={link === 'up' ? 'done' : 'neutral'} />
          {linkWords(network, words)}
        </span>
      }
    />
  );
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

function linkWords(
  { kind, link, speedMbps }: NetworkInterface,
  words: Translation<typeof wizardMessages>['network'],
): string {
  if (link === 'up' && speedMbps !== undefined) return words.speed(speedMbps);
  return link === 'down' && kind === 'wired' ? words.noCable : words.link[link];
}
