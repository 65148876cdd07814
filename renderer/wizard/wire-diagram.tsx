import { Laptop, MonitorDown, ServerCrash } from 'lucide-react';
import type { NetworkInterface } from '../../main/contract/network.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { useDraft, useStation } from '../store/context.tsx';
import type { StationCall } from '../store/use-call.ts';
import { Untrusted } from '../ui/untrusted.tsx';
import { ipv4Of } from './interface-order.ts';
import { wizardCatalogue } from './messages.ts';
import styles from './wire-diagram.module.css';

interface WireDiagramProps {
  readonly network: NetworkInterface;
  readonly probe: StationCall<'interfaces.probe'>;
}

/** The wire as it is now: this computer, the cable, the machines, and whoever else is on it. */
export function WireDiagram({ network, probe }: WireDiagramProps) {
  const words = useMessages(wizardCatalogue).network;
  const format = useFormats();
  const hostName = useStation(({ station }) => station.hostName);
  const { address } = useDraft();
  const own = ipv4Of(network);
  const shownAddress = own === undefined ? address : `${own.address}/${own.prefixLength}`;
  const others = probe.value?.interfaceName === network.name ? probe.value.servers : [];
  return (
    <figure className={styles.diagram} aria-label={words.wire}>
      <div className={styles.end}>
        <Laptop aria-hidden />
        <span className={styles.name}>
          <Untrusted text={hostName} most={40} oneLine />
        </span>
        <span className={styles.figure}>{shownAddress ?? words.noAddress}</span>
      </div>
      <div className={styles.cable} data-link={network.link}>
        <span className={styles.jack} />
        <span className={styles.line} />
        <span className={styles.tag}>
          <bdi>{network.name}</bdi>
          {network.link === 'up' && network.speedMbps !== undefined && ` · ${format.linkSpeed(network.speedMbps)}`}
          {network.link === 'down' && ` · ${words.noCable}`}
        </span>
        {others.map((server) => (
          <span key={`${server.address} ${server.kind}`} className={styles.other}>
            <ServerCrash aria-hidden />
            <Untrusted text={server.address} most={40} />
          </span>
        ))}
        <span className={styles.jack} />
      </div>
      <div className={styles.end}>
        <MonitorDown aria-hidden />
        <span className={styles.name}>{words.bench}</span>
        <span className={styles.figure}>{words.benchAddress}</span>
      </div>
    </figure>
  );
}
