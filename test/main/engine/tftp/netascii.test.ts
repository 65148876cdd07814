import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetasciiEncoder } from '../../../../main/engine/tftp/netascii.ts';

/** Converts by targets and sources of the given lengths, repeated. */
function convert(source: Uint8Array, targetLength: number, sourceLength = source.length): Buffer {
  const encoder = new NetasciiEncoder();
  const pieces: Buffer[] = [];
  let position = 0;
  while (position < source.length || encoder.hasPending) {
    const target = Buffer.alloc(targetLength);
    const { read, written } = encoder.encodeInto(source.subarray(position, position + sourceLength), target);
    position += read;
    pieces.push(target.subarray(0, written));
  }
  return Buffer.concat(pieces);
}

describe('netascii', () => {
  it.each([
    ['', ''],
    ['abc', 'abc'],
    ['a\nb', 'a\r\nb'],
    ['a\rb', 'a\r\0b'],
    ['a\r\nb', 'a\r\0\r\nb'],
    ['\n\n', '\r\n\r\n'],
    ['\n', '\r\n'],
    ['\r', '\r\0'],
    ['\0', '\0'],
    ['\xff\xfe', '\xff\xfe'],
  ])('%j becomes %j', (source, target) => {
    for (const targetLength of [1, 2, 3, 512]) {
      expect(convert(Buffer.from(source, 'latin1'), targetLength).toString('latin1')).toBe(target);
    }
  });

  it('does not depend on where it is cut', () => {
    const text = fc.array(fc.constantFrom(0x0a, 0x0d, 0x00, 0x61), { maxLength: 200 }).map((list) => Buffer.from(list));
    const length = fc.integer({ min: 1, max: 17 });
    fc.assert(
      fc.property(text, length, length, (source, targetLength, sourceLength) => {
        const whole = source.toString('latin1').replaceAll(/[\r\n]/g, (end) => (end === '\n' ? '\r\n' : '\r\0'));
        expect(convert(source, targetLength, sourceLength).toString('latin1')).toBe(whole);
      }),
    );
  });
});
