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
    [
      { ...request, message: 'DISCOVER', bootClient: 'pxe', firmware: 'unknown', architecture: 2 },
      'info',
      'DISCOVER from Itanium firmware (architecture 2)',
    ],
    [
      { ...request, message: 'DISCOVER', bootClient: 'pxe', firmware: 'unknown', architecture: 4660 },
      'info',
      'DISCOVER from unknown firmware (architecture 4660)',
    ],
    [
      { type: 'dhcp.reply', at, mac, message: 'ACK', transactionId: 1, bootFile: 'a.efi' },
      'info',
      'ACK, boot file a.efi',
    ],
    [{ type: 'session.mode', at, mode: 'proxy', reason: 'A router is there.' }, 'info', 'A router is there.'],
    [{ type: 'client.addressed', at, mac, address: '10.0.0.7' }, 'info', 'It is at 10.0.0.7.'],
    [{ type: 'engine.trouble-over', at, code: 'E_NO_DHCP_SERVER', title: 'It is back.' }, 'info', 'It is back.'],
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
      'It fetched snponly.efi and was not heard of until it was switched on again. Now it is offered ipxe.efi, loader 2 of 3.',
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
