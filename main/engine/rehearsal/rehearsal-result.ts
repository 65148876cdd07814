import type { Stage } from '../clients/stage.ts';
import type { Behaviour, MachineProfile } from './bench.ts';
import type { MachineEnd } from './machine-talk.ts';
import type { MachineRun } from './simulated-machine.ts';

/** What came of a rehearsal. Pure. */

export interface MachineResult extends Pick<MachineProfile, 'number' | 'mac' | 'firmware' | 'behaviour'> {
  readonly end: MachineRun['end'];
  /** Where the station saw it last; undefined where it never saw it. */
  readonly stage: Stage | undefined;
  /** It ended where a machine that behaves like this has to, and the station knows if it runs. */
  readonly asExpected: boolean;
  readonly durationMs: number;
  readonly receivedBytes: number;
}

export interface RehearsalResult {
  readonly machines: readonly MachineResult[];
  /** Machines that had to reach a running system, and how many did. */
  readonly shouldRun: number;
  readonly running: number;
  /** Every machine, good or bad, ended as it should. */
  readonly passed: boolean;
  readonly durationMs: number;
  readonly receivedBytes: number;
  readonly bytesPerSecond: number;
  /** From DISCOVER to ACK. */
  readonly dhcpExchange: { readonly count: number; readonly p50Ms: number; readonly p99Ms: number };
}

const expectedEnd: Readonly<Record<Behaviour, MachineEnd['kind']>> = {
  good: 'running',
  slow: 'running',
  'loses-packets': 'running',
  restarts: 'running',
  'hangs-in-loader': 'hung',
  'secure-boot': 'running',
  'loses-power': 'power-lost',
};

export function machineResult(
  { number, mac, firmware, behaviour }: MachineProfile,
  { end, durationMs, receivedBytes }: MachineRun,
  stage: Stage | undefined,
): MachineResult {
  const isSeen = end.kind !== 'running' || stage === 'running';
  return {
    number,
    mac,
    firmware,
    behaviour,
    end,
    stage,
    asExpected: end.kind === expectedEnd[behaviour] && isSeen,
    durationMs: Math.round(durationMs),
    receivedBytes,
  };
}

export function rehearsalResult(
  machines: readonly MachineResult[],
  dhcpExchangesMs: readonly number[],
  durationMs: number,
): RehearsalResult {
  const mustRun = machines.filter(({ behaviour }) => expectedEnd[behaviour] === 'running');
  const receivedBytes = machines.reduce((sum, machine) => sum + machine.receivedBytes, 0);
  const sorted = dhcpExchangesMs.toSorted((a, b) => a - b);
  return {
    machines,
    shouldRun: mustRun.length,
    running: mustRun.filter(({ asExpected }) => asExpected).length,
    passed: machines.every(({ asExpected }) => asExpected),
    durationMs: Math.round(durationMs),
    receivedBytes,
    bytesPerSecond: durationMs <= 0 ? 0 : Math.round((receivedBytes * 1_000) / durationMs),
    dhcpExchange: { count: sorted.length, p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) },
  };
}

/** Nearest rank, to a tenth; 0 of nothing. */
export function percentile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return Math.round(value * 10) / 10;
}

/** Why a machine is where it is, for a person. */
export function endInWords(end: MachineResult['end']): string {
  switch (end.kind) {
    case 'running':
      return 'its system runs';
    case 'own-disk':
      return `it went on with its own disk: ${end.reason}`;
    case 'hung':
      return 'its loader hung';
    case 'loader-refused':
      return `Secure Boot refused ${end.loader}, which is not signed`;
    case 'power-lost':
      return 'its power failed while it fetched the initrd';
    case 'failed':
      return end.reason;
    case 'stopped':
      return 'the rehearsal was stopped before it had finished';
    default:
      return end satisfies never;
  }
}
