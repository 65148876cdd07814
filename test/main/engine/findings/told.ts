import type { EngineEvent } from '../../../../main/contract/events.ts';
import { machineFindings } from '../../../../main/engine/findings/machine-findings.ts';
import { observe } from '../../../../main/engine/findings/observe.ts';
import { emptyBench } from '../../../../main/engine/findings/wire-facts.ts';

/** Boots as the station tells them, for machine `mac`; times in seconds. */

export const mac = '52:54:00:00:00:01';
export const address = '192.168.77.100';
const station = '192.168.77.1';
export const kernel = 'debian/vmlinuz';
export const initrd = 'debian/initrd.gz';
const MIB = 1024 * 1024;

type Told = EngineEvent;
let transfers = 0;

export const started: Told = {
  type: 'session.started',
  at: 0,
  interfaceName: 'eth1',
  address: station,
  httpPort: 80,
  imageName: 'Debian',
  entryTitle: 'Live',
};
export const mode = (mode: 'dhcp' | 'proxy'): Told => ({ type: 'session.mode', at: 0, mode, reason: 'a test' });

type Request = Extract<Told, { type: 'dhcp.request' }>;
export const request = (seconds: number, message: Request['message'], more: Partial<Request> = {}): Told => ({
  type: 'dhcp.request',
  at: seconds * 1000,
  mac,
  message,
  transactionId: 1,
  bootClient: 'pxe',
  firmware: 'uefi-x64',
  ...more,
});
export const reply = (
  seconds: number,
  message: 'OFFER' | 'ACK',
  bootFile: string | undefined = 'snponly.efi',
): Told => ({
  type: 'dhcp.reply',
  at: seconds * 1000,
  mac,
  message,
  transactionId: 1,
  address,
  bootFile,
});

type Started = Extract<Told, { type: 'transfer.started' }>;
export interface File {
  readonly kind: Started['kind'];
  readonly path: string;
  readonly sizeBytes?: number;
  readonly protocol?: Started['protocol'];
  /** How it ends, and when; `goes-on` for a transfer that has no end yet. */
  readonly end?: 'complete' | 'probe' | 'aborted' | 'failed' | 'goes-on';
  readonly seconds?: number;
  readonly sentBytes?: number;
  readonly retransmits?: number;
}

/** A transfer from `at` on. */
export function transfer(at: number, file: File): Told[] {
  const { kind, path, sizeBytes = 2 * MIB, protocol = 'http', end = 'complete', seconds = 1, retransmits = 0 } = file;
  const transferId = `t${(transfers += 1)}`;
  const sentBytes = file.sentBytes ?? sizeBytes;
  const bytesPerSecond = sentBytes / seconds;
  const ended = (at + seconds) * 1000;
  return [
    { type: 'transfer.started', at: at * 1000, transferId, protocol, peerAddress: address, path, kind, sizeBytes },
    { type: 'transfer.progress', at: ended, transferId, sentBytes, bytesPerSecond, retransmits },
    ...(end === 'goes-on'
      ? []
      : [
          {
            type: 'transfer.ended' as const,
            at: ended,
            transferId,
            outcome: end,
            sentBytes,
            durationMs: seconds * 1000,
            bytesPerSecond,
            retransmits,
          },
        ]),
  ];
}

export const identified = (seconds: number): Told => ({
  type: 'client.identified',
  at: seconds * 1000,
  mac,
  peerAddress: address,
  serial: 'X1',
});
export const planned = (seconds: number, more: { destructive?: boolean; fetchesSystemFiles?: boolean } = {}): Told => ({
  type: 'client.planned',
  at: seconds * 1000,
  mac,
  entryTitle: 'Live',
  bootFiles: [kernel, initrd],
  fetchesSystemFiles: more.fetchesSystemFiles ?? true,
  destructive: more.destructive ?? false,
});
export const missing = (seconds: number, path: string, protocol: 'tftp' | 'http' = 'tftp'): Told => ({
  type: 'file.missing',
  at: seconds * 1000,
  protocol,
  peerAddress: address,
  path,
});

/** The pieces of a boot that goes well: address, loader, menu, kernel, initrd, system. */
export const pieces = {
  address: (at: number): Told[] => [
    request(at, 'DISCOVER'),
    reply(at, 'OFFER'),
    request(at + 4, 'REQUEST', { serverAddress: station }),
    reply(at + 4, 'ACK'),
  ],
  loader: (at: number): Told[] => [
    ...transfer(at, { kind: 'loader', path: 'snponly.efi', protocol: 'tftp', end: 'probe', sentBytes: 0 }),
    ...transfer(at + 1, { kind: 'loader', path: 'snponly.efi', protocol: 'tftp' }),
  ],
  menu: (at: number): Told[] => [
    ...transfer(at, { kind: 'script', path: 'autoexec.ipxe', protocol: 'tftp', sizeBytes: 200 }),
    identified(at + 1),
    planned(at + 1),
    ...transfer(at + 1, { kind: 'script', path: 'machine.ipxe', sizeBytes: 300 }),
  ],
  kernel: (at: number): Told[] => transfer(at, { kind: 'kernel', path: kernel }),
  initrd: (at: number): Told[] => transfer(at, { kind: 'initrd', path: initrd }),
  system: (at: number): Told[] => [
    request(at, 'DISCOVER', { bootClient: 'none', firmware: 'unknown' }),
    request(at, 'REQUEST', { bootClient: 'none', firmware: 'unknown' }),
    reply(at, 'ACK', ''),
    ...transfer(at + 1, { kind: 'system', path: 'debian/live/filesystem.squashfs', sizeBytes: 300 * MIB, seconds: 4 }),
  ],
};

/** A whole boot from `at` on. */
export const healthyBoot = (at = 1): Told[] => [
  ...pieces.address(at),
  ...pieces.loader(at + 5),
  ...pieces.menu(at + 8),
  ...pieces.kernel(at + 10),
  ...pieces.initrd(at + 12),
  ...pieces.system(at + 40),
];

/** Codes of what is found at `seconds`, after what was told until then. */
export function codesAt(seconds: number, ...told: readonly Told[]): string[] {
  const bench = emptyBench();
  for (const event of told) if (event.at <= seconds * 1000) observe(bench, event);
  const facts = bench.machines.get(mac);
  return facts === undefined ? [] : machineFindings(facts, bench, seconds * 1000).map(({ code }) => code);
}
