import { dhcpOption } from '../../../main/engine/dhcp/options.ts';
import type { DhcpPacket } from '../../../main/engine/dhcp/packet.ts';
import type { StationProcess } from '../../fixtures/dhcp/station-process.ts';
import {
  architecture,
  type ClientPacket,
  clientPacket,
  pxeRom,
  requested,
  server,
  set,
  text,
  vendorClass,
} from '../../main/engine/dhcp/scripted-client.ts';
import { Bed } from '../../testbed/namespace.ts';
import type { Wire } from '../../testbed/wire.ts';
import { type Answer, type Way, type WireBench } from './wire-bench.ts';
import { expect } from 'vitest';

/** What the cases of the table are made of. */

export const STATION = Bed.address;
export const OTHER_SERVER = '192.168.77.254';
export const HOST = '192.168.77.60';
export const RELAY = '192.168.77.250';
export const LOADER = 'undionly.kpxe';
export const URL = `http://${STATION}/boot.ipxe`;
export const EVERYBODY = '255.255.255.255:67';
export const BROADCAST_HEARD = { from: `${STATION}:67`, to: '0.0.0.0:68' };

export const uefi = [vendorClass('PXEClient:Arch:00007:UNDI:003016'), architecture(7)];
export const httpBoot = [vendorClass('HTTPClient:Arch:00016:UNDI:003001'), architecture(16)];
export const iPxe = [...pxeRom, [77, text('iPXE')] as const, [175, Uint8Array.of(0x13, 1, 1)] as const];
export const uuid = set(
  dhcpOption.clientMachineIdentifier,
  Uint8Array.from({ length: 17 }, (_, index) => index),
);
/** As systems send it (RFC 4361): an interface's number, and a DUID of its hardware address. */
export const identifierOf = (number: number): readonly [number, Uint8Array] =>
  set(dhcpOption.clientIdentifier, Uint8Array.of(255, 0, 0, 0, number, 0, 3, 0, 1, 0x52, 0x54, 0, 1, 2, 3));
export const identifier = identifierOf(1);
export const relayInformation = [dhcpOption.relayAgentInformation.code, Uint8Array.of(1, 4, 0, 0, 0, 7)] as const;

export interface Machine {
  readonly mac: string;
  readonly rom: WireBench;
  readonly host: Wire;
  readonly relay: Wire;
  /** What the station took it for when it asked last. */
  firmware(): string | undefined;
  ask(message: Parameters<typeof clientPacket>[0], packet?: ClientPacket, way?: Way): Promise<Answer>;
  /** DISCOVER and REQUEST; resolves to its address. */
  lease(packet?: ClientPacket): Promise<string>;
}

let machines = 0;
let transactions = 0x51000000;
export const nextTransaction = (): number => ++transactions;

export function machineOn(bench: WireBench, station: StationProcess, host: Wire, relay: Wire): Machine {
  const mac = `52:54:00:3a:00:${(++machines).toString(16).padStart(2, '0')}`;
  const ask: Machine['ask'] = (message, packet = {}, way) =>
    bench.ask(clientPacket(message, { mac, xid: ++transactions, ...packet }), way);
  return {
    mac,
    rom: bench,
    host,
    relay,
    firmware: () => station.events('dhcp.request').findLast((event) => event.mac === mac)?.firmware,
    ask,
    async lease(packet = {}) {
      const xid = ++transactions;
      const { yiaddr } = replied(await ask('DISCOVER', { ...packet, xid })).packet;
      const options = [...(packet.options ?? []), requested(yiaddr), server(STATION)];
      expect(replied(await ask('REQUEST', { ...packet, options, xid })).message).toBe('ACK');
      return yiaddr;
    },
  };
}

export type Reply = Extract<Answer, { kind: 'reply' }>;

export function replied(answer: Answer): Reply {
  if (answer.kind !== 'reply') throw new Error(`No reply, but ${JSON.stringify(answer)}`);
  return answer;
}

export const codesOf = ({ options }: DhcpPacket): number[] => [...(options?.keys() ?? [])];
export const inPool = expect.stringMatching(/^192\.168\.77\.1\d\d$/) as string;
export const bytesWith = (packet: Uint8Array, change: (bytes: Uint8Array) => void): Uint8Array => {
  const bytes = packet.slice();
  change(bytes);
  return bytes;
};
/** A DISCOVER whose options area is written by hand. */
export const withOptions = (mac: string, ...options: number[]): Uint8Array => {
  const head = clientPacket('DISCOVER', { mac, xid: ++transactions }).slice(0, 240);
  return Uint8Array.from([...head, ...options, ...new Uint8Array(Math.max(0, 60 - options.length))]);
};

export const OWN_MAC = '52:54:00:b0:00:01';

export type Case = readonly [name: string, run: (machine: Machine) => Promise<void>];

export const silent = (reason: RegExp): object => ({ kind: 'silent', reason: expect.stringMatching(reason) as string });
