import { memo } from 'react';
import type { MonitoredClient } from '../../main/contract/session.ts';
import { useFormats, useMessages } from '../language/context.tsx';
import { sharedCatalogue } from '../app/messages.ts';
import { Badge } from '../ui/badge.tsx';
import { Card } from '../ui/card.tsx';
import { Rail } from '../ui/rail.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { ApprovalButtons } from './approval-buttons.tsx';
import { Elapsed } from './elapsed.tsx';
import { EvidenceMark } from './evidence-mark.tsx';
import styles from './machine-card.module.css';
import { type MachineGroup, groupOf } from './machine-groups.ts';
import { MachineName } from './machine-name.tsx';
import { makeOf, titleOf } from './machine-title.ts';
import { monitorCatalogue } from './messages.ts';
import { stageNodes } from './stage-nodes.ts';
import { useMayDecide } from './use-may-decide.ts';

export interface MachineProps {
  readonly client: MonitoredClient;
  readonly untilMs: number | undefined;
  readonly isOpen: boolean;
  readonly onOpen: (clientId: string) => void;
}

/** One machine on a bench. Drawn anew only when its own facts change. */
export const MachineCard = memo(function MachineCard({ client, untilMs, isOpen, onOpen }: MachineProps) {
  const words = useMessages(monitorCatalogue).machine;
  const { firmware: firmwareNames } = useMessages(sharedCatalogue);
  const group = groupOf(client);
  const make = makeOf(client, titleOf(client));
  return (
    <Card
      flush
      className={styles.card}
      data-group={group}
      data-open={isOpen}
      tone={group === 'waiting' ? 'waiting' : group === 'trouble' ? 'trouble' : 'neutral'}
    >
      <header className={styles.header}>
        <h2 className={styles.name}>
          <MachineName client={client} onOpen={onOpen} />
        </h2>
        <span className={styles.firmware}>
          <Badge>{firmwareNames[client.firmware]}</Badge>
        </span>
      </header>
      <p className={styles.make}>{make !== undefined && <Untrusted text={make} most={60} oneLine />}</p>
      <p className={styles.marks}>
        <span className={styles.mac}>{client.mac}</span>
        {client.serial !== undefined && (
          <>
            <span className={styles.serialLabel}>{words.serial}</span>
            <Untrusted text={client.serial} most={40} oneLine code />
          </>
        )}
      </p>
      <div className={styles.rail}>
        <MachineRail client={client} group={group} />
      </div>
      {group === 'waiting' ? <WaitingLine client={client} /> : <StageLine client={client} untilMs={untilMs} />}
      <p className={styles.sentence}>
        <Untrusted text={client.problem ?? client.sentence} most={240} />
      </p>
    </Card>
  );
});

export function MachineRail({ client, group }: { readonly client: MonitoredClient; readonly group: MachineGroup }) {
  const words = useMessages(monitorCatalogue).machine;
  const messages = useMessages(monitorCatalogue);
  return (
    <Rail
      size="small"
      label={words.rail(messages.stages[client.stage], messages.evidence[client.evidence].name)}
      finished={group === 'running'}
      nodes={stageNodes(client, messages.stages)}
    />
  );
}

function StageLine({ client, untilMs }: { readonly client: MonitoredClient; readonly untilMs: number | undefined }) {
  const words = useMessages(monitorCatalogue).machine;
  const messages = useMessages(monitorCatalogue);
  const format = useFormats();
  const { stage, evidence, percent, bytesPerSecond, stageSinceMs, approval } = client;
  return (
    <p className={styles.stage}>
      <span className={styles.where}>
        <EvidenceMark evidence={evidence} />
        <strong>{approval === 'refused' ? words.refused : messages.stages[stage]}</strong>
      </span>
      <span className={styles.percent}>{percent !== undefined && format.percent(percent)}</span>
      <span className={styles.rate}>{bytesPerSecond !== undefined && format.rate(bytesPerSecond)}</span>
      <span className={styles.time} title={words.sinceStage}>
        <Elapsed sinceMs={stageSinceMs} untilMs={untilMs} />
      </span>
    </p>
  );
}

function WaitingLine({ client }: { readonly client: MonitoredClient }) {
  const words = useMessages(monitorCatalogue).machine;
  const mayDecide = useMayDecide();
  return (
    <div className={styles.waiting}>
      <span className={styles.code} title={words.code}>
        {client.code}
      </span>
      {mayDecide && <ApprovalButtons clientId={client.id} title={titleOf(client)} />}
    </div>
  );
}
