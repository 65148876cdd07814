import { describe, expect, it } from 'vitest';
import { type CapturedPacket, enhancedPacket, sectionHeader } from '../../../../main/engine/capture/pcapng.ts';

const packet = (frame: Buffer, comment?: string): CapturedPacket => ({
  atMs: 1_795_000_000_123.456,
  frame,
  originalBytes: frame.length,
  comment,
});

describe('blocks', () => {
  it('end on 32-bit boundaries and repeat their length', () => {
    for (const size of [0, 1, 2, 3, 4, 59]) {
      const bytes = enhancedPacket(0, packet(Buffer.alloc(size, 7), 'why'));
      expect(bytes.length % 4).toBe(0);
      expect(bytes.readUInt32LE(4)).toBe(bytes.length);
      expect(bytes.readUInt32LE(bytes.length - 4)).toBe(bytes.length);
    }
  });

  it('keep the time to a microsecond', () => {
    const bytes = enhancedPacket(0, packet(Buffer.alloc(0)));
    const ticks = (BigInt(bytes.readUInt32LE(12)) << 32n) | BigInt(bytes.readUInt32LE(16));
    expect(ticks).toBe(1_795_000_000_123_456n);
  });

  it('cut a long comment between characters', () => {
    const bytes = sectionHeader('x', '\u00e9'.repeat(5000));
    expect(bytes.toString('utf8')).not.toContain('\ufffd\0');
    expect(bytes.length).toBeLessThan(4200);
  });
});
