import { describe, expect, it } from 'vitest';
import { benchOf, type MachineProfile } from '../../../../main/engine/rehearsal/bench.ts';

const all = ['bios', 'uefi-x64', 'uefi-arm64'] as const;
const bench = (clients: number, seed = 1, firmware: readonly (typeof all)[number][] = all): MachineProfile[] =>
  benchOf({ clients, seed, firmware });

describe('benchOf', () => {
  it('makes the same machines of the same seed, and others of another', () => {
    expect(bench(24, 5)).toEqual(bench(24, 5));
    expect(bench(24, 5)).not.toEqual(bench(24, 6));
  });

  it('gives no two of 500 machines the same MAC, UUID, serial number or host name', () => {
    const machines = bench(500);
    const different = (['mac', 'uuid', 'serial', 'hostName'] as const).map(
      (fact) => new Set(machines.map((machine) => machine[fact])).size,
    );
    expect(different).toEqual([500, 500, 500, 500]);
    for (const { mac, uuid } of machines) {
      expect(mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('has mostly good machines, and one at least of every other kind among 24', () => {
    const counts: Record<string, number> = {};
    for (const { behaviour } of bench(24)) counts[behaviour] = (counts[behaviour] ?? 0) + 1;
    expect(counts).toEqual({
      good: 16,
      slow: 2,
      'loses-packets': 2,
      restarts: 1,
      'hangs-in-loader': 1,
      'secure-boot': 1,
      'loses-power': 1,
    });
    expect(bench(3).map(({ behaviour }) => behaviour)).toEqual(['good', 'good', 'good']);
    expect(new Set(bench(24).map(({ firmware }) => firmware))).toEqual(new Set(all));
    expect(bench(500).every(({ behaviour, firmware }) => behaviour !== 'secure-boot' || firmware === 'uefi-x64')).toBe(
      true,
    );
  });

  it('has only machines that the image boots on', () => {
    expect(bench(48, 1, ['bios']).every(({ firmware }) => firmware === 'bios')).toBe(true);
    expect(bench(48, 1, ['bios']).some(({ behaviour }) => behaviour === 'secure-boot')).toBe(false);
    const two = bench(48, 1, ['uefi-x64', 'uefi-arm64']).map(({ firmware }) => firmware);
    expect(new Set(two)).toEqual(new Set(['uefi-x64', 'uefi-arm64']));
  });

  it('switches them on one after the other, a large bench within a minute', () => {
    const times = bench(24).map(({ switchedOnAfterMs }) => switchedOnAfterMs);
    expect(times[0]).toBeLessThan(1_000);
    expect(times.at(-1)).toBeGreaterThan(20_000);
    expect(times.at(-1)).toBeLessThan(30_000);
    expect(Math.max(...bench(500).map(({ switchedOnAfterMs }) => switchedOnAfterMs))).toBeLessThan(62_000);
  });
});
