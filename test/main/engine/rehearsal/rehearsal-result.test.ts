import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../../../main/engine/rehearsal/bench.ts';
import type { MachineEnd } from '../../../../main/engine/rehearsal/machine-talk.ts';
import { machineResult, percentile, rehearsalResult } from '../../../../main/engine/rehearsal/rehearsal-result.ts';
import { profile } from './conversation.ts';

const ran = (end: MachineEnd | { kind: 'stopped' }, receivedBytes = 0) => ({
  end,
  durationMs: 10.4,
  receivedBytes,
  dhcpExchangesMs: [],
});

describe('machineResult', () => {
  it.each<[Behaviour, MachineEnd | { kind: 'stopped' }, 'running' | 'initrd' | undefined, boolean]>([
    ['good', { kind: 'running' }, 'running', true],
    ['slow', { kind: 'running' }, 'running', true],
    ['loses-packets', { kind: 'running' }, 'running', true],
    ['restarts', { kind: 'running' }, 'running', true],
    // The machine runs, and the station does not know.
    ['good', { kind: 'running' }, 'initrd', false],
    ['good', { kind: 'running' }, undefined, false],
    ['good', { kind: 'failed', reason: 'x' }, 'initrd', false],
    ['good', { kind: 'stopped' }, 'initrd', false],
    ['good', { kind: 'own-disk', reason: 'x' }, undefined, false],
    ['hangs-in-loader', { kind: 'hung' }, undefined, true],
    ['hangs-in-loader', { kind: 'failed', reason: 'x' }, undefined, false],
    ['secure-boot', { kind: 'loader-refused', loader: 'a' }, undefined, false],
    ['secure-boot', { kind: 'running' }, 'running', true],
    ['secure-boot', { kind: 'own-disk', reason: 'x' }, undefined, false],
    ['loses-power', { kind: 'power-lost' }, 'initrd', true],
    ['loses-power', { kind: 'running' }, 'running', false],
  ])('of one that is %s and ended by %o at stage %s: as expected %s', (behaviour, end, stage, asExpected) => {
    expect(machineResult({ ...profile, behaviour }, ran(end), stage)).toMatchObject({ asExpected, durationMs: 10 });
  });
});

describe('rehearsalResult', () => {
  const good = machineResult(profile, ran({ kind: 'running' }, 3_000_000), 'running');
  const stuck = machineResult(profile, ran({ kind: 'failed', reason: 'x' }, 1_000_000), 'initrd');
  const hung = machineResult({ ...profile, behaviour: 'hangs-in-loader' }, ran({ kind: 'hung' }), 'loader');

  it('counts those that had to run, and all bytes', () => {
    expect(rehearsalResult([good, hung], [3, 1, 2], 2_000.2)).toMatchObject({
      shouldRun: 1,
      running: 1,
      passed: true,
      durationMs: 2_000,
      receivedBytes: 3_000_000,
      bytesPerSecond: 1_499_850,
      dhcpExchange: { count: 3, p50Ms: 2, p99Ms: 3 },
    });
    expect(rehearsalResult([good, stuck, hung], [], 1_000)).toMatchObject({ shouldRun: 2, running: 1, passed: false });
  });

  it('gives numbers also where nothing was measured', () => {
    expect(rehearsalResult([], [], 0)).toMatchObject({
      bytesPerSecond: 0,
      dhcpExchange: { count: 0, p50Ms: 0, p99Ms: 0 },
    });
  });
});

describe('percentile', () => {
  it.each([
    [[], 0.5, 0],
    [[7.04], 0.99, 7],
    [[1, 2], 0.5, 1],
    [[1, 2, 3, 4], 0.5, 2],
    [[1, 2, 3, 4], 0.99, 4],
    [[1, 2, 3, 4], 0.25, 1],
  ])('of %j at %d is %d', (values, share, value) => {
    expect(percentile(values, share)).toBe(value);
  });
});
