import { describe, expect, it } from 'vitest';
import { FloodGuard } from '../../../../main/engine/dhcp/flood-guard.ts';
import { clientPacket } from './scripted-client.ts';

const macOf = (number: number): string =>
  `52:54:00:${[number >> 16, number >> 8, number].map((byte) => (byte & 0xff).toString(16).padStart(2, '0')).join(':')}`;
const packets = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => clientPacket('DISCOVER', { mac: macOf(index) }));

describe('FloodGuard', () => {
  const [one = new Uint8Array(0), other = new Uint8Array(0)] = packets(2);

  it('lets a machine burst, then go on slowly, whatever others do', () => {
    const guard = new FloodGuard();
    const admitted = (packet: Uint8Array, count: number, nowMs: number): number =>
      Array.from({ length: count }, () => guard.refusal(packet, nowMs)).filter((refusal) => refusal === undefined)
        .length;
    expect(admitted(one, 500, 1_000)).toBe(60);
    expect(guard.refusal(one, 1_000)).toMatch(/one machine asks more often/);
    expect(admitted(other, 5, 1_000)).toBe(5);
    expect(admitted(one, 500, 2_000)).toBe(20);
    expect(admitted(one, 500, 3_600_000)).toBe(60);
    // A clock that is set back neither fills nor locks.
    expect(admitted(other, 500, 0)).toBe(55);
    expect(admitted(other, 500, 1_000)).toBe(20);
  });

  it('bounds all machines together, and lets a bench of 500 start at once', () => {
    const bench = packets(500);
    const start = new FloodGuard();
    const refused = [0, 1, 2, 3].flatMap((round) => bench.filter((packet) => start.refusal(packet, round * 1_000)));
    expect(refused).toEqual([]);
    const flood = new FloodGuard();
    const admitted = packets(20_000).filter((packet) => flood.refusal(packet, 1_000) === undefined);
    expect(admitted).toHaveLength(4_000);
    expect(flood.refusal(one, 1_000)).toMatch(/more is asked than by any bench/);
  });

  it('takes bytes without a hardware address as one machine’s', () => {
    const guard = new FloodGuard();
    const refusals = Array.from({ length: 200 }, (_, index) => guard.refusal(new Uint8Array(index % 20), 0));
    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(60);
  });
});
