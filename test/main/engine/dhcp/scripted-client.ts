import type { EngineEvent } from '../../../../main/contract/events.ts';
import type { ServingMode } from '../../../../main/contract/session.ts';
import type { BootPlan, Machine } from '../../../../main/engine/boot/plan.ts';
import { messageTypeNumber } from '../../../../main/engine/dhcp/message.ts';
import { dhcpOption, type OptionCodec, readOption } from '../../../../main/engine/dhcp/options.ts';
import { BOOTREQUEST, decodePacket, type DhcpPacket, encodePacket } from '../../../../main/engine/dhcp/packet.ts';
import { AddressPool, type Binding } from '../../../../main/engine/dhcp/pool.ts';
import type { DatagramResponder, Outcome, PreparedReply } from '../../../../main/engine/dhcp/outcome.ts';
import { Responder } from '../../../../main/engine/dhcp/responder.ts';
import { ProxyResponder } from '../../../../main/engine/dhcp/responder-proxy.ts';

/** A client whose every packet is written by hand, and a station without sockets to send them to. */

export const STATION = '10.88.0.1';
export const MAC = '52:54:00:00:00:01';
export const OTHER_MAC = '52:54:00:00:00:02';

type Option = readonly [code: number, bytes: Uint8Array];

export const set = <Value>(codec: OptionCodec<Value>, value: Value): Option => [codec.code, codec.encode(value)];
export const requested = (address: string): Option => set(dhcpOption.requestedAddress, address);
export const server = (address: string): Option => set(dhcpOption.serverIdentifier, address);
export const vendorClass = (text: string): Option => set(dhcpOption.vendorClass, text);
export const architecture = (...codes: number[]): Option => set(dhcpOption.clientArchitecture, codes);
export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A PXE ROM of a BIOS. */
export const pxeRom = [vendorClass('PXEClient:Arch:00000:UNDI:002001'), architecture(0)];

export interface ClientPacket extends Partial<Omit<DhcpPacket, 'options' | 'chaddr'>> {
  readonly mac?: string;
  readonly options?: readonly Option[];
}

export function clientPacket(
  message: keyof typeof messageTypeNumber | 'BOOTP',
  { mac = MAC, options = [], ...fields }: ClientPacket = {},
): Uint8Array {
  const none = '0.0.0.0';
  const type = message === 'BOOTP' ? [] : [set(dhcpOption.messageType, messageTypeNumber[message])];
  return encodePacket({
    op: BOOTREQUEST,
    htype: 1,
    hops: 0,
    xid: 0x12345678,
    secs: 4,
    flags: 0x8000,
    ciaddr: none,
    yiaddr: none,
    siaddr: none,
    giaddr: none,
    sname: '',
    file: '',
    ...fields,
    chaddr: Uint8Array.from(mac.split(':'), (digits) => Number.parseInt(digits, 16)),
    options: new Map([...type, ...options]),
  });
}

export interface BenchOptions {
  readonly pool?: { readonly first: string; readonly last: string };
  readonly plan?: (machine: Machine) => BootPlan;
  readonly authoritative?: boolean;
  readonly bootp?: 'off' | 'pool';
  readonly router?: string;
  readonly dnsServers?: readonly string[];
  readonly ownMacs?: readonly string[];
  /** `proxy`: another server hands out the addresses. */
  readonly mode?: ServingMode;
  /** False: port 4011 is not answered. */
  readonly bootServer?: boolean;
}

export const bootPlan = (bootFile: string): BootPlan => ({
  kind: 'boot',
  bootFile,
  entry: { id: 'test', title: 'Test', destructive: false, variants: [] },
});

type Body = EngineEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'at'> : never) : never;

/** One answered packet. */
export interface Exchange {
  readonly outcome: Outcome;
  /** What was sent back; undefined where the station kept silent. */
  readonly reply: DhcpPacket | undefined;
  readonly prepared: PreparedReply | undefined;
  readonly message: string | undefined;
  readonly events: readonly Body[];
  readonly binding: Binding | undefined;
  /** Why the station kept silent or dropped it. */
  readonly reason: string | undefined;
}

/** A station without sockets, files and clock, on 10.88.0.0/24 with the pool .50 to .99. */
export class Bench {
  nowMs = 1_000_000;
  readonly pool: AddressPool;
  readonly machines: Machine[] = [];
  readonly #responder: DatagramResponder;

  constructor(options: BenchOptions = {}) {
    const { pool = { first: '10.88.0.50', last: '10.88.0.99' }, authoritative = true, bootp = 'pool' } = options;
    const { plan = () => bootPlan('undionly.kpxe'), router, dnsServers, ownMacs = [] } = options;
    const network = { address: STATION, prefixLength: 24 };
    this.pool = new AddressPool({ ...network, ...pool });
    const shared = {
      station: { ...network, leaseSeconds: 3600, authoritative, bootp, router, dnsServers },
      ports: { server: 67, client: 68 },
      plan: (machine: Machine): BootPlan => {
        this.machines.push(machine);
        return plan(machine);
      },
      ownMacs: new Set(ownMacs),
    };
    const { mode = 'dhcp', bootServer = true } = options;
    this.#responder =
      mode === 'dhcp'
        ? new Responder({ ...shared, pool: this.pool })
        : new ProxyResponder({ ...shared, hasBootServer: () => bootServer });
  }

  send(datagram: Uint8Array, source = { address: '0.0.0.0', port: 68 }): Exchange {
    return exchangeOf(this.#responder.handle(datagram, source, this.nowMs));
  }

  sendToBootServer(datagram: Uint8Array, source: { address: string; port: number }): Exchange {
    return exchangeOf(this.#responder.handleBootServer(datagram, source));
  }

  /** DISCOVER, then REQUEST of what was offered. Resolves to the ACK. */
  lease(packet: ClientPacket = {}): Exchange {
    const offer = this.send(clientPacket('DISCOVER', packet));
    if (offer.reply === undefined) throw new Error(`No offer: ${offer.reason}`);
    const options = [...(packet.options ?? []), requested(offer.reply.yiaddr), server(STATION)];
    return this.send(clientPacket('REQUEST', { ...packet, options }));
  }

  pass(ms: number): void {
    this.nowMs += ms;
  }
}

function exchangeOf(outcome: Outcome): Exchange {
  if (outcome.kind !== 'handled') {
    const reason = outcome.kind === 'dropped' ? outcome.reason : undefined;
    const nothing = { reply: undefined, prepared: undefined, message: undefined, events: [], binding: undefined };
    return { outcome, ...nothing, reason };
  }
  const silence = outcome.events.find((event) => event.type === 'dhcp.silent');
  const reply = outcome.reply === undefined ? undefined : decoded(outcome.reply.bytes);
  const type = reply?.options && readOption(reply.options, dhcpOption.messageType);
  return {
    outcome,
    reply,
    prepared: outcome.reply,
    message: reply && (Object.entries(messageTypeNumber).find(([, number]) => number === type)?.[0] ?? 'BOOTP'),
    events: outcome.events,
    binding: outcome.binding,
    reason: silence?.reason,
  };
}

export function decoded(bytes: Uint8Array): DhcpPacket {
  const result = decodePacket(bytes);
  if (!result.ok) throw new Error(result.reason);
  return result.packet;
}

/** The value of an option in a reply. */
export function valueOf<Value>(packet: DhcpPacket | undefined, codec: OptionCodec<Value>): Value | undefined {
  return packet?.options && readOption(packet.options, codec);
}
