import { Copy } from 'lucide-react';
import type { RefObject } from 'react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { sharedCatalogue } from '../app/messages.ts';
import { useStation } from '../store/context.tsx';
import { Button } from '../ui/button.tsx';
import { DataList } from '../ui/data-list.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { Note } from '../ui/note.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { inertText } from '../ui/untrusted-text.ts';
import { ApprovalButtons } from './approval-buttons.tsx';
import { EvidenceMark } from './evidence-mark.tsx';
import { MachineRail } from './machine-card.tsx';
import styles from './machine-drawer.module.css';
import { groupOf } from './machine-groups.ts';
import { MachineKeeping } from './machine-keeping.tsx';
import { MachineName } from './machine-name.tsx';
import { MachineTimeline } from './machine-timeline.tsx';
import { titleOf } from './machine-title.ts';
import { monitorCatalogue } from './messages.ts';
import { useCall } from '../store/use-call.ts';
import { useSayError } from './use-say-error.ts';
import { useMayDecide } from './use-may-decide.ts';
import { useCopy } from '../ui/use-copy.ts';

interface MachineDrawerProps {
  readonly clientId: string;
  readonly place: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** Everything about one machine: where it is, how it got there, and what it is. */
export function MachineDrawer({ clientId, place, onClose }: MachineDrawerProps) {
  const words = useMessages(monitorCatalogue).drawer;
  const messages = useMessages(monitorCatalogue);
  const client = useStation(({ clients }) => clients.find(({ id }) => id === clientId));
  const mayDecide = useMayDecide();
  const copy = useCopy(words);
  const approve = useCall('clients.approve');
  useSayError(approve.error);
  if (client === undefined) return null;
  const facts = useFacts(client);
  const group = groupOf(client);
  return (
    <Drawer
      label={inertText(titleOf(client), 60)}
      closeLabel={words.close}
      place={place}
      onClose={onClose}
      header={
        <>
          <h2 className={styles.name}>
            <MachineName key={clientId} client={client} />
          </h2>
          <p className={styles.mac}>{client.mac}</p>
        </>
      }
    >
      <section className={styles.part}>
        <div className={styles.rail}>
          <MachineRail client={client} group={group} />
        </div>
        <p className={styles.stage} data-group={group}>
          <EvidenceMark evidence={client.evidence} />
          {messages.stages[client.stage]}
          <span className={styles.meaning}>{messages.evidence[client.evidence].meaning}</span>
        </p>
        {client.problem === undefined ? (
          <p className={styles.sentence}>
            <Untrusted text={client.sentence} most={400} />
          </p>
        ) : (
          <Note tone="trouble" title={<Untrusted text={client.problem} most={400} />}>
            <Untrusted text={client.sentence} most={400} />
          </Note>
        )}
        {client.approval === 'approved' && client.approvalUse !== undefined && (
          <p className={styles.use}>
            {words.approvalUse[client.approvalUse]}
            {mayDecide && client.approvalUse === 'used' && (
              <Button size="small" busy={approve.busy} onClick={() => void approve.run({ clientIds: [clientId] })}>
                {words.bootOnce}
              </Button>
            )}
          </p>
        )}
        {client.approval !== 'approved' && (
          <div className={styles.waiting}>
            <span className={styles.code} title={messages.machine.code}>
              {client.code}
            </span>
            {mayDecide && (
              <ApprovalButtons clientId={clientId} title={titleOf(client)} isRefused={client.approval === 'refused'} />
            )}
          </div>
        )}
      </section>
      <section className={styles.part}>
        <h3 className={styles.title}>{words.timeline}</h3>
        <MachineTimeline key={clientId} client={client} />
      </section>
      <section className={styles.part}>
        <header className={styles.header}>
          <h3 className={styles.title}>{words.facts}</h3>
          <Button
            size="small"
            kind="quiet"
            icon={<Copy aria-hidden />}
            onClick={() => copy(facts.map(({ label, value }) => `${label}: ${value}`).join('\n'))}
          >
            {words.copyAll}
          </Button>
        </header>
        <DataList
          facts={facts.map(({ label, value, isCode }) => ({
            label,
            value: <Untrusted text={value} most={160} code={isCode} />,
          }))}
        />
      </section>
      {mayDecide && (
        <section className={styles.part}>
          <h3 className={styles.title}>{messages.keeping.title}</h3>
          <MachineKeeping key={clientId} client={client} />
        </section>
      )}
    </Drawer>
  );
}

function useFacts(client: MonitoredClient): { label: string; value: string; isCode: boolean }[] {
  const words = useMessages(monitorCatalogue).drawer;
  const names = useMessages(sharedCatalogue).firmware;
  const format = useFormats();
  const { labels } = words;
  const fact = (key: keyof typeof labels, value: string | undefined, isCode = false) =>
    value === undefined || value === '' ? [] : [{ label: labels[key], value, isCode }];
  return [
    ...fact('manufacturer', client.manufacturer),
    ...fact('product', client.product),
    ...fact('serial', client.serial, true),
    ...fact('uuid', client.uuid, true),
    ...fact('asset', client.asset, true),
    ...fact('processor', client.processor),
    ...fact('memory', client.memoryMiB === undefined ? undefined : format.mebibytes(client.memoryMiB)),
    ...fact(client.macs === undefined ? 'mac' : 'macs', (client.macs ?? [client.mac]).join(', '), true),
    ...fact('networkChip', client.networkChip, true),
    ...fact('vendor', client.vendor),
    ...fact('address', client.address, true),
    ...fact('reservedAddress', client.reservedAddress, true),
    ...fact('hostName', client.hostName),
    ...fact('firmware', names[client.firmware]),
    ...fact('loader', client.loader, true),
    ...fact('approval', words.approval[client.approval]),
    ...fact('boots', String(client.boots)),
    ...fact('firstSeen', format.clock(client.firstSeenMs)),
    ...fact('lastSeen', format.clock(client.lastSeenMs)),
  ];
}
