import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../main/contract/events.ts';
import { logLineOf } from '../../../main/station/log-lines.ts';

const at = 5;
const mac = '52:54:00:00:00:01';
const request = { type: 'dhcp.request', at, mac, transactionId: 1, firmware: 'uefi-x64' } as const;

describe('logLineOf', () => {
  it.each([
    [{ ...request, message: 'DISCOVER', bootClient: 'pxe' }, 'info', 'DISCOVER from uefi-x64 firmware'],
    [{ ...request, message: 'DISCOVER', bootClient: 'ipxe' }, 'info', 'DISCOVER from iPXE'],
    [
      { ...request, message: 'DISCOVER', bootClient: 'none', hostName: 'lab3' },
      'info',
      'DISCOVER from the system of lab3',
    ],
    [{ type: 'dhcp.pool-exhausted', at, mac, poolSize: 2 }, 'error', 'No free address: all 2 are taken.'],
    [
      {
        type: 'client.loader',
        at,
        mac,
        loader: 'ipxe.efi',
        rung: 2,
        rungs: 3,
        reason: 'silent',
        previous: 'snponly.efi',
      },
      'warning',
      'It fetched snponly.efi and was not heard of until it was switched on again. It is offered ipxe.efi, loader 2 of 3 now.',
    ],
    [
      { type: 'engine.trouble', at, code: 'E_DISK_FULL', title: 'The disk is full.', advice: 'Free some space.' },
      'error',
      'The disk is full. Free some space.',
    ],
  ] as const)('says %#', (event, level, text) => {
    expect(logLineOf(event as EngineEvent)).toMatchObject({ level, text, at });
  });

  it.each([
    { ...request, message: 'REQUEST', bootClient: 'pxe' },
    { type: 'transfer.progress', at, transferId: 't', sentBytes: 1, bytesPerSecond: 1, retransmits: 0 },
  ] as const)('has no line for what happens all the time', (event) => {
    expect(logLineOf(event as EngineEvent)).toBeUndefined();
  });
});
