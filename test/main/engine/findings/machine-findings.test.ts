import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { finding } from '../../../../main/contract/finding.ts';
import { machineFindings } from '../../../../main/engine/findings/machine-findings.ts';
import { observe } from '../../../../main/engine/findings/observe.ts';
import { emptyBench } from '../../../../main/engine/findings/wire-facts.ts';
import {
  address,
  codesAt,
  healthyBoot,
  identified,
  initrd,
  kernel,
  mac,
  missing,
  mode,
  pieces,
  planned,
  reply,
  request,
  started,
  transfer,
} from './told.ts';

const before = [started, mode('dhcp')];
const toLoader = [...pieces.address(1), ...pieces.loader(6)];
const toMenu = [...toLoader, ...pieces.menu(9)];
const toKernel = [...toMenu, ...pieces.kernel(11)];
const toInitrd = [...toKernel, ...pieces.initrd(13)];
const left = (at: number, reason: 'refused' | 'silent' | 'looped'): EngineEvent => ({
  type: 'client.loader',
  at: at * 1000,
  mac,
  loader: 'shimx64.efi',
  rung: 2,
  rungs: 3,
  reason,
  previous: 'snponly.efi',
});
const other = { serverAddress: '192.168.77.254' };
const systemRequest = { bootClient: 'none', firmware: 'unknown' } as const;
const unfit = finding('F_TOO_LITTLE_MEMORY', { hasMiB: 512, needsMiB: 2048 });

/** What was told, when it is looked at, and what the first finding then is. */
const faults: readonly (readonly [string, string, number, readonly EngineEvent[]])[] = [
  [
    'F_NO_REQUEST',
    'offers that it never hears',
    20,
    [1, 5, 13].flatMap((at) => [request(at, 'DISCOVER'), reply(at, 'OFFER')]),
  ],
  [
    'F_TOOK_OTHER_SERVER',
    'another server was faster',
    4,
    [request(1, 'DISCOVER'), reply(1, 'OFFER'), request(3, 'REQUEST', other)],
  ],
  [
    'F_PROXY_IGNORED',
    'firmware that listens to no proxy',
    30,
    [mode('proxy'), request(1, 'DISCOVER'), reply(1, 'OFFER'), request(3, 'REQUEST', other)],
  ],
  [
    'F_ADDRESS_IN_USE',
    'a device with a fixed address',
    6,
    [...pieces.address(1), { type: 'dhcp.declined', at: 5500, mac, address }],
  ],
  ['F_LOADER_NOT_FETCHED', 'a firewall before TFTP', 25, pieces.address(1)],
  [
    'F_TFTP_STALLS',
    'a firewall behind TFTP',
    20,
    [
      ...pieces.address(1),
      ...transfer(6, {
        kind: 'loader',
        path: 'snponly.efi',
        protocol: 'tftp',
        end: 'goes-on',
        sentBytes: 0,
        retransmits: 3,
        seconds: 8,
      }),
    ],
  ],
  [
    'F_TFTP_STALLS',
    'the same, given up',
    20,
    [
      ...pieces.address(1),
      ...transfer(6, {
        kind: 'loader',
        path: 'snponly.efi',
        protocol: 'tftp',
        end: 'aborted',
        sentBytes: 0,
        retransmits: 3,
        seconds: 8,
      }),
    ],
  ],
  [
    'F_TFTP_CRAWLS',
    'a bad cable',
    40,
    [
      ...pieces.address(1),
      ...transfer(6, {
        kind: 'loader',
        path: 'snponly.efi',
        protocol: 'tftp',
        end: 'goes-on',
        sentBytes: 400_000,
        retransmits: 60,
        seconds: 30,
      }),
    ],
  ],
  [
    'F_TRANSFER_BROKE',
    'a cable pulled out of the kernel',
    30,
    [...toMenu, ...transfer(11, { kind: 'kernel', path: kernel, end: 'aborted', sentBytes: 900_000 })],
  ],
  [
    'F_TRANSFER_BROKE',
    'an initrd that the machine has no room for',
    30,
    [...toKernel, ...transfer(13, { kind: 'initrd', path: initrd, end: 'aborted', sentBytes: 70_000 })],
  ],
  ['F_INITRD_NOT_FETCHED', 'silence after the kernel', 60, toKernel],
  ['F_SECURE_BOOT', 'a loader that its firmware refuses', 9, [...toLoader, left(8, 'refused')]],
  ['F_LOADER_SILENT', 'a loader that hangs', 60, toLoader],
  ['F_LOADER_SILENT', 'the same, switched on again', 101, [...toLoader, left(100, 'silent'), request(100, 'DISCOVER')]],
  ['F_LOADER_LOOP', 'a loader that comes round', 101, [...toLoader, left(100, 'looped'), request(100, 'DISCOVER')]],
  ['F_LOADER_LOOP', 'three loaders in a row', 40, [...toLoader, ...pieces.loader(15), ...pieces.loader(25)]],
  [
    'F_LADDER_EXHAUSTED',
    'no loader left',
    50,
    [...toLoader, { type: 'client.no-loader', at: 45_000, mac, tried: [{ file: 'snponly.efi', failure: 'silent' }] }],
  ],
  [
    'F_SCRIPT_NOT_FETCHED',
    'a firewall before HTTP',
    60,
    [
      ...toLoader,
      request(9, 'DISCOVER', { bootClient: 'ipxe' }),
      reply(9, 'OFFER'),
      request(10, 'REQUEST', { bootClient: 'ipxe', serverAddress: '192.168.77.1' }),
      reply(10, 'ACK'),
    ],
  ],
  [
    'F_TOO_LITTLE_MEMORY',
    'a machine that does not fit',
    12,
    [...toLoader, { type: 'client.misfit', at: 9000, mac, findings: [unfit] }],
  ],
  ['F_KERNEL_SILENT', 'a kernel without a driver', 180, toInitrd],
  [
    'F_SYSTEM_FILE_MISSING',
    'a path that is not in the image',
    70,
    [...toInitrd, request(40, 'DISCOVER', systemRequest), missing(42, 'debian/live/none.squashfs', 'http')],
  ],
  [
    'F_SYSTEM_FILES_STOPPED',
    'a system that ran out of memory',
    90,
    [
      ...toInitrd,
      ...transfer(40, { kind: 'system', path: 'debian/live/filesystem.squashfs', end: 'aborted', sentBytes: 500_000 }),
    ],
  ],
  [
    'F_REINSTALL_LOOP',
    'an installer for the third time',
    200,
    [1, 60, 120].flatMap((at) => [
      ...pieces.address(at),
      ...pieces.loader(at + 5),
      identified(at + 8),
      planned(at + 8, { destructive: true }),
      ...pieces.kernel(at + 10),
      ...pieces.initrd(at + 12),
      ...pieces.system(at + 40),
    ]),
  ],
  [
    'F_WAITS',
    'a machine that nobody approved',
    20,
    [...toLoader, identified(9), { type: 'client.waiting', at: 9500, mac, code: 'K7F' }],
  ],
  [
    'F_NEVER_BOOTS',
    'a machine that starts from its disk',
    100,
    [request(1, 'REQUEST', systemRequest), request(60, 'REQUEST', systemRequest)],
  ],
];

describe('first finding', () => {
  it.each(faults)('%s: %s', (code, _why, seconds, told) => {
    expect(codesAt(seconds, ...before, ...told)[0]).toBe(code);
  });

  it('comes within 10 s of the time-out of its stage, and not at once', () => {
    expect(codesAt(15, ...before, ...pieces.address(1))).toEqual([]);
    expect(codesAt(18, ...before, ...pieces.address(1))).toEqual(['F_LOADER_NOT_FETCHED']);
    expect(codesAt(30, ...before, ...toLoader)).toEqual([]);
    expect(codesAt(35, ...before, ...toLoader)).toEqual(['F_LOADER_SILENT']);
  });
});

describe('a healthy boot', () => {
  it('has nothing to say at any moment of it, and for an hour after', () => {
    for (let seconds = 0; seconds < 3600; seconds += seconds < 80 ? 1 : 60) {
      expect(codesAt(seconds, ...before, ...healthyBoot()), `after ${seconds} s`).toEqual([]);
    }
  });

  it.each([
    [
      'looks for files that need not be there',
      [missing(10, 'pxelinux.cfg/01-52-54-00-00-00-01'), missing(42, 'debian/live/filesystem.packages', 'http')],
    ],
    ['is a memory test, which never speaks again', [planned(10, { fetchesSystemFiles: false })]],
    [
      'breaks one download and gets it at the next try',
      transfer(10.5, { kind: 'kernel', path: kernel, end: 'aborted', sentBytes: 9 }),
    ],
    ['is beside another server, as it should be', [mode('proxy'), request(2, 'REQUEST', other)]],
    ['was another machine of this adapter', [left(0.5, 'silent')]],
  ])('that %s', (_why, more) => {
    const told = [...healthyBoot(), ...more].sort((a, b) => a.at - b.at);
    for (const seconds of [20, 45, 60, 200, 1000]) expect(codesAt(seconds, ...before, ...told)).toEqual([]);
  });

  it('forgets what was wrong with the boot before it', () => {
    const told = [...before, ...toLoader, ...healthyBoot(100)];
    expect(codesAt(90, ...told)).toEqual(['F_LOADER_SILENT']);
    expect(codesAt(200, ...told)).toEqual([]);
  });
});

describe('facts', () => {
  it('stay bounded, whatever is told, and no rule throws', () => {
    const event = fc.constantFrom(...before, ...healthyBoot(), ...faults.flatMap(([, , , told]) => told));
    const strange = fc.record({ event, number: fc.nat(6000), at: fc.nat(1e6) });
    const bench = emptyBench();
    fc.assert(
      fc.property(fc.array(strange, { maxLength: 400 }), (list) => {
        for (const { event: one, number, at } of list) {
          observe(bench, 'mac' in one ? { ...one, at, mac: `52:54:00:00:${number}` } : { ...one, at });
        }
        for (const facts of bench.machines.values()) machineFindings(facts, bench, 2e6);
        expect(bench.machines.size).toBeLessThanOrEqual(4096);
      }),
      { numRuns: 30 },
    );
  });
});
