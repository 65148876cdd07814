import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DhcpPacket, decodePacket, encodePacket } from '../../../../main/engine/dhcp/packet.ts';
import { clientPacket, decoded, requested, text } from './scripted-client.ts';

const OPTIONS = 240;

/** A DISCOVER whose options area holds exactly these bytes. */
function withArea(area: readonly number[], change: (bytes: Uint8Array) => void = () => undefined): Uint8Array {
  const bytes = new Uint8Array(OPTIONS + area.length);
  bytes.set(clientPacket('DISCOVER').subarray(0, OPTIONS));
  bytes.set(area, OPTIONS);
  change(bytes);
  return bytes;
}

const optionsOf = (bytes: Uint8Array): Record<number, number[]> =>
  Object.fromEntries([...(decoded(bytes).options ?? [])].map(([code, value]) => [code, [...value]]));

describe('reading a packet', () => {
  // TC-23
  it.each<[string, Uint8Array, RegExp]>([
    ['0 bytes', new Uint8Array(0), /too short/],
    ['100 bytes', new Uint8Array(100), /too short/],
    ['235 bytes', clientPacket('DISCOVER').subarray(0, 235), /too short/],
    ['a jumbo datagram', new Uint8Array(9000), /too long/],
    ['hlen 20', change((bytes) => (bytes[2] = 20)), /hardware address of 20 bytes/],
    ['htype 0 with hlen 6', change((bytes) => (bytes[1] = 0)), /without a hardware type/],
    ['16 relays', change((bytes) => (bytes[3] = 16)), /16 relays/],
  ])('refuses %s', (_, bytes, reason) => {
    expect(decodePacket(bytes)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('takes a packet without a magic cookie for BOOTP', () => {
    expect(decoded(change((bytes) => (bytes[236] = 0))).options).toBeUndefined();
    expect(decoded(clientPacket('DISCOVER').subarray(0, 236)).options).toBeUndefined();
  });

  it.each<[string, number[], Record<number, number[]>]>([
    ['pads between options', [0, 53, 1, 1, 0, 0, 12, 1, 65, 255], { 53: [1], 12: [65] }],
    ['nothing behind END', [53, 1, 1, 255, 12, 1, 65], { 53: [1] }],
    ['no END', [53, 1, 1, 12, 1, 65], { 53: [1], 12: [65] }],
    ['an empty value', [53, 1, 1, 61, 0, 255], { 53: [1], 61: [] }],
    ['a value that runs past the end', [53, 1, 1, 12, 9, 65], { 53: [1] }],
    ['a code without a length', [53, 1, 1, 12], { 53: [1] }],
    [
      'a split value as one (RFC 3396)',
      [53, 1, 1, 12, 2, 65, 66, 60, 1, 9, 12, 1, 67, 255],
      { 53: [1], 12: [65, 66, 67], 60: [9] },
    ],
    ['an unknown option', [53, 1, 1, 231, 3, 1, 2, 3, 255], { 53: [1], 231: [1, 2, 3] }],
  ])('reads %s', (_, area, options) => expect(optionsOf(withArea(area))).toEqual(options));

  it.each<[number, Record<number, number[]>, string, string]>([
    [1, { 53: [1], 12: [65, 66] }, '', 'name'],
    [2, { 53: [1], 12: [65, 67] }, 'file', ''],
    [3, { 53: [1], 12: [65, 66, 67] }, '', ''],
    [0, { 53: [1], 12: [65] }, 'file', 'name'],
    [7, { 53: [1], 12: [65] }, 'file', 'name'],
  ])('reads options out of file and sname as overload %i says', (overload, options, file, sname) => {
    const bytes = withArea([53, 1, 1, 52, 1, overload, 12, 1, 65, 255], (bytes) => {
      bytes.set(overload === 1 || overload === 3 ? [12, 1, 66, 255] : text('file'), 108);
      bytes.set(overload === 2 || overload === 3 ? [12, 1, 67, 255] : text('name'), 44);
    });
    expect({ options: optionsOf(bytes), file: decoded(bytes).file, sname: decoded(bytes).sname }).toEqual({
      options,
      file,
      sname,
    });
  });

  it('reads a file field that fills its 128 bytes', () => {
    expect(decoded(change((bytes) => bytes.fill(97, 108, 236))).file).toBe('a'.repeat(128));
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
        expect(() => decodePacket(bytes)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing a packet', () => {
  const packet = decoded(clientPacket('DISCOVER'));

  it.each<[string, Partial<DhcpPacket>]>([
    ['an option of 256 bytes', { options: new Map([[43, new Uint8Array(256)]]) }],
    ['overload', { options: new Map([[52, Uint8Array.of(1)]]) }],
    ['a pad as an option', { options: new Map([[0, Uint8Array.of(1)]]) }],
    ['END as an option', { options: new Map([[255, Uint8Array.of(1)]]) }],
    ['a file name without room for its NUL', { file: 'a'.repeat(128) }],
    ['a server name without room for its NUL', { sname: 'a'.repeat(64) }],
    ['no address', { yiaddr: '10.0.0.256' }],
    ['a hardware address of 17 bytes', { chaddr: new Uint8Array(17) }],
    ['flags of 17 bits', { flags: 0x10000 }],
  ])('refuses %s', (_, change) => {
    expect(() => encodePacket({ ...packet, ...change })).toThrow(RangeError);
  });

  it('fills up to 300 bytes', () => {
    expect(encodePacket({ ...packet, options: new Map() })).toHaveLength(300);
    expect(encodePacket({ ...packet, options: undefined })).toHaveLength(300);
  });

  it('puts 53 first, 82 last, unknown options before it', () => {
    const codes = [82, 224, 97, 67, 1, 54, 53, 12, 150];
    const options = new Map(codes.map((code) => [code, Uint8Array.of(1)]));
    const area = encodePacket({ ...packet, options }).subarray(OPTIONS, OPTIONS + codes.length * 3);
    expect(codes.map((_, index) => area[index * 3])).toEqual([53, 54, 1, 12, 67, 97, 150, 224, 82]);
  });

  it('is undone by reading', () => {
    const address = fc.ipV4();
    const uint = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
    const name = (maxLength: number): fc.Arbitrary<string> =>
      fc.string({ maxLength, unit: fc.constantFrom(...'abcXYZ019./-_'.split('')) });
    const code = uint(254).filter((code) => code !== 0 && code !== 52);
    const packets: fc.Arbitrary<DhcpPacket> = fc.record({
      op: uint(2),
      htype: fc.integer({ min: 1, max: 255 }),
      hops: uint(15),
      xid: uint(0xffffffff),
      secs: uint(0xffff),
      flags: uint(0xffff),
      ciaddr: address,
      yiaddr: address,
      siaddr: address,
      giaddr: address,
      chaddr: fc.uint8Array({ maxLength: 16 }),
      sname: name(63),
      file: name(127),
      options: fc
        .uniqueArray(fc.tuple(code, fc.uint8Array({ maxLength: 100 })), { selector: ([code]) => code, maxLength: 20 })
        .map((entries) => new Map(entries)),
    });
    fc.assert(
      fc.property(packets, (packet) => {
        expect(decoded(encodePacket(packet))).toEqual(packet);
      }),
      { numRuns: 500 },
    );
  });
});

it('reads an address that a client asks for', () => {
  expect(optionsOf(clientPacket('DISCOVER', { options: [requested('10.88.0.60')] }))).toEqual({
    50: [10, 88, 0, 60],
    53: [1],
  });
});

function change(edit: (bytes: Uint8Array) => unknown): Uint8Array {
  const bytes = clientPacket('DISCOVER');
  edit(bytes);
  return bytes;
}
