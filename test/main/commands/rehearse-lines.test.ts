import { describe, expect, it } from 'vitest';
import { resultLines } from '../../../main/commands/rehearse-lines.ts';
import type { MachineResult, RehearsalResult } from '../../../main/engine/rehearsal/rehearsal-result.ts';

const machine = (fields: Partial<MachineResult>): MachineResult => ({
  number: 1,
  mac: '48:c3:5a:00:00:01',
  firmware: 'uefi-x64',
  behaviour: 'good',
  end: { kind: 'running' },
  stage: 'running',
  asExpected: true,
  durationMs: 1,
  receivedBytes: 1,
  ...fields,
});

const result = (machines: readonly MachineResult[], running: number): RehearsalResult => ({
  machines,
  shouldRun: 2,
  running,
  passed: machines.every(({ asExpected }) => asExpected),
  durationMs: 81_234,
  receivedBytes: 1_800_000_000,
  bytesPerSecond: 22_500_000,
  dhcpExchange: { count: 79, p50Ms: 1.5, p99Ms: 12.3 },
});

describe('resultLines', () => {
  it('tells of a rehearsal where all went as it should, and who was made to stop', () => {
    const hung = machine({ behaviour: 'hangs-in-loader', end: { kind: 'hung' }, firmware: 'bios' });
    expect(resultLines(result([machine({}), machine({}), hung], 2))).toEqual([
      '2 of 2 machines that had to reach a running system did, in 81.2 s.',
      'They fetched 1.8 GB (22.5 MB/s). 79 DHCP exchanges took 1.5 ms (median), 12.3 ms (99 %).',
      '',
      'Stopped where they were made to:',
      '  MAC                FIRMWARE  WHAT HAPPENED',
      '  48:c3:5a:00:00:01  bios      Its loader hung.',
    ]);
  });

  it('tells which machines failed and why, and how many were stopped', () => {
    const failed = machine({ end: { kind: 'failed', reason: 'HTTP 500 for http://a/\u001b[2Jb' }, asExpected: false });
    const stopped = machine({ end: { kind: 'stopped' }, asExpected: false });
    const lines = resultLines(result([failed, stopped, stopped], 0));
    expect(lines[0]).toMatch(/^0 of 2 machines/);
    expect(lines.slice(2)).toEqual([
      '2 were stopped before they had ended.',
      '',
      'Did not end as they should:',
      '  MAC                FIRMWARE  WHAT HAPPENED',
      '  48:c3:5a:00:00:01  uefi-x64  HTTP 500 for http://a/\\u001b[2Jb.',
    ]);
  });
});
