import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketRing } from '../../../../main/engine/capture/packet-ring.ts';

const packet = (atMs: number, size = 40) => ({ atMs, frame: Buffer.alloc(size), originalBytes: size });

describe('packet ring', () => {
  it('keeps the newest of a client within its share', () => {
    const ring = new PacketRing({ clientBytes: 1000, totalBytes: 100_000 });
    for (let at = 1; at <= 20; at += 1) ring.add('a', packet(at));
    expect(ring.packets('a').map(({ atMs }) => atMs)).toEqual([16, 17, 18, 19, 20]);
    expect(ring.forgottenCount).toBe(15);
  });

  it('lets the client that was silent longest give way', () => {
    const ring = new PacketRing({ clientBytes: 1000, totalBytes: 1000 });
    ring.add('silent', packet(1));
    ring.add('silent', packet(2));
    for (let at = 3; at <= 6; at += 1) ring.add('speaks', packet(at));
    expect(ring.packets('silent').map(({ atMs }) => atMs)).toEqual([2]);
    expect(ring.packets('speaks')).toHaveLength(4);
  });

  it('gives all clients together in the order of time', () => {
    const ring = new PacketRing();
    ring.add('b', packet(2));
    ring.add('a', packet(1));
    ring.add('b', packet(3));
    expect(ring.packets().map(({ atMs }) => atMs)).toEqual([1, 2, 3]);
    expect(ring.packets('nobody')).toEqual([]);
  });

  it('never grows beyond its bounds, and counts right', () => {
    const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), size: fc.integer({ min: 0, max: 3000 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const ring = new PacketRing({ clientBytes: 4000, totalBytes: 9000 });
        steps.forEach(({ key, size }, index) => {
          ring.add(key, packet(index, size));
          expect(ring.sizeBytes).toBeLessThanOrEqual(9000);
        });
        expect(ring.packets().length + ring.forgottenCount).toBe(steps.length);
      }),
    );
  });
});
