import { RefreshCw } from 'lucide-react';
import type { NetworkInterface } from '../../main/contract/network.ts';
import type { ForeignServer } from '../../main/contract/session.ts';
import { useMessages } from '../language/context.tsx';
import type { StationCall } from '../store/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { wizardCatalogue } from './messages.ts';
import styles from './probe-result.module.css';

interface ProbeResultProps {
  readonly network: NetworkInterface;
  readonly probe: StationCall<'interfaces.probe'>;
}

/** Who else gives out addresses on this wire, in plain words. */
export function ProbeResult({ network, probe }: ProbeResultProps) {
  const words = useMessages(wizardCatalogue).network.probe;
  const again = (
    <Button
      size="small"
      icon={<RefreshCw aria-hidden />}
      busy={probe.busy}
      onClick={() => void probe.run({ interfaceName: network.name })}
    >
      {words.again}
    </Button>
  );
  if (network.link === 'down') return <Note title={words.notYet} />;
  if (probe.error !== undefined) return <ErrorNote error={probe.error} action={again} />;
  const result = probe.value?.interfaceName === network.name ? probe.value : undefined;
  if (result === undefined) {
    return (
      <Card>
        <Spinner label={words.running} />
      </Card>
    );
  }
  if (result.servers.length === 0) {
    return (
      <Note tone="done" title={words.alone} action={again}>
        <Untrusted text={result.reason} most={300} />
      </Note>
    );
  }
  const isShared = result.proposedMode === 'proxy';
  return (
    <Note
      tone={isShared ? 'waiting' : 'trouble'}
      title={words.found(result.servers.length)}
      action={again}
      urgent={!isShared}
    >
      <ul className={styles.servers}>
        {result.servers.map((server) => (
          <li key={`${server.address} ${server.kind}`}>
            <Server server={server} />
          </li>
        ))}
      </ul>
      <p>
        <Untrusted text={result.reason} most={300} />
      </p>
      {!isShared && <p>{words.advice}</p>}
    </Note>
  );
}

function Server({ server }: { readonly server: ForeignServer }) {
  const words = useMessages(wizardCatalogue).network.probe;
  const facts = [
    server.vendor,
    server.mac,
    server.kind === 'dhcp' ? words.dhcp : words.proxy,
    server.offeredAddress === undefined ? undefined : words.offered(server.offeredAddress),
    server.bootFile === undefined ? undefined : words.bootFile(server.bootFile),
  ].filter((fact) => fact !== undefined);
  return (
    <>
      <Untrusted text={server.address} code /> <Untrusted text={facts.join(' · ')} most={240} />
    </>
  );
}
