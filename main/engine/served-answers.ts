import type { EmitEvent } from '../contract/events.ts';
import type { ListedMachine, MachineList } from '../contract/machines.ts';
import type { MachineFacts, StationFacts } from './answers/machine-values.ts';
import { type RenderedFile, answerFiles } from './answers/render-answer.ts';
import { type SessionAnswer, answerFor, refuseProblems } from './answers/session-answers.ts';
import type { Client } from './clients/client.ts';
import type { ClientMonitor } from './clients-monitor.ts';
import { answerRoute } from './files/answer-route.ts';
import type { Route } from './files/route.ts';
import type { EventBus } from './event-bus.ts';
import { machineIndex } from './machines/find-machine.ts';

const MOST_KEPT = 64;

/** The route of a session's answer, filled in with what is known of each machine when it asks. */
export function servedAnswers(options: {
  readonly session: SessionAnswer;
  readonly station: StationFacts;
  readonly machines: () => MachineList | undefined;
  readonly monitor: ClientMonitor;
  readonly mayBoot: (mac: string) => boolean;
  readonly emit: EmitEvent;
  readonly subscribe: EventBus['subscribe'];
  /** False where another server gives the addresses: then whose they are is seen on the wire. */
  readonly givesAddresses: () => boolean;
}): Route {
  const { session, station, machines, monitor, mayBoot, emit, subscribe, givesAddresses } = options;
  // Whoever takes an address by itself is known by it, too, and gets no answer for it.
  const leased = new Map<string, string>();
  subscribe((event) => {
    if (event.type !== 'dhcp.reply' || event.address === undefined) return;
    if (event.message === 'ACK' || event.message === 'BOOTP') leased.set(event.address, event.mac);
  });
  // A machine asks for its files one by one, and some ask again and again.
  const made = new Map<string, { readonly key: string; readonly files: readonly RenderedFile[] }>();
  return answerRoute({
    names: new Set(answerFiles(session.answer).map(({ name }) => name)),
    emit,
    machineAt(address) {
      const mac = givesAddresses() ? leased.get(address) : monitor.macOf(address);
      return mac === undefined ? undefined : { mac, mayBoot: mayBoot(mac) };
    },
    filesFor(mac, address) {
      const { facts, listed } = machineFacts(mac, address, monitor, machines());
      const key = JSON.stringify({ facts, listed });
      const before = made.get(mac);
      if (before?.key === key) return before.files;
      const { files, problems } = answerFor(session, facts, { station, listed });
      refuseProblems(`${session.answer.name} for ${mac}`, problems);
      if (made.size >= MOST_KEPT) made.clear();
      made.set(mac, { key, files });
      return files;
    },
  });
}

type KnownClient = Pick<Client, 'mac' | 'address' | 'serial' | 'uuid' | 'manufacturer' | 'product'>;

interface KnownClients {
  /** The machine that uses an adapter. */
  readonly clientAt: (mac: string) => KnownClient | undefined;
  readonly clients: () => readonly KnownClient[];
}

/** What a session knows of one machine, for its answer. */
export function machineFacts(
  mac: string,
  address: string | undefined,
  { clientAt, clients }: KnownClients,
  machines: MachineList | undefined,
): { facts: MachineFacts; listed: ListedMachine | undefined } {
  const known: Partial<KnownClient> = clientAt(mac) ?? {};
  const { serial, uuid, manufacturer, product } = known;
  const listed =
    machines === undefined ? undefined : machineIndex(machines.machines).find({ macs: [mac], serial, uuid });
  const listedCount = machines?.machines.length ?? 0;
  const index =
    listed === undefined
      ? listedCount + 1 + clients().findIndex((one) => one.mac === mac)
      : 1 + (machines?.machines.indexOf(listed) ?? 0);
  return { facts: { mac, address: address ?? known.address, serial, uuid, manufacturer, product, index }, listed };
}
