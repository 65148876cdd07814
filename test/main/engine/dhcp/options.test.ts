import { describe, expect, it } from 'vitest';
import { printable } from '../../../../main/engine/dhcp/option-values.ts';
import { dhcpOption, type OptionCodec, optionCodec } from '../../../../main/engine/dhcp/options.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

interface Sample {
  readonly value: unknown;
  readonly encoded: Uint8Array;
  readonly written: Uint8Array;
  readonly read: unknown;
}

const sample = <Value>(codec: OptionCodec<Value>, value: Value, encoded: Uint8Array): Sample => ({
  value,
  encoded,
  written: codec.encode(value),
  read: codec.decode(encoded),
});

describe('option values', () => {
  it.each<[string, Sample]>([
    ['an address', sample(dhcpOption.subnetMask, '255.255.255.0', bytes(255, 255, 255, 0))],
    ['addresses', sample(dhcpOption.router, ['10.0.0.1', '10.0.0.2'], bytes(10, 0, 0, 1, 10, 0, 0, 2))],
    ['seconds', sample(dhcpOption.leaseTime, 4_000_000_000, bytes(0xee, 0x6b, 0x28, 0x00))],
    ['a size', sample(dhcpOption.maximumMessageSize, 1472, bytes(0x05, 0xc0))],
    ['a byte', sample(dhcpOption.messageType, 8, bytes(8))],
    ['architectures', sample(dhcpOption.clientArchitecture, [7, 16], bytes(0, 7, 0, 16))],
    // TC-57
    ['a server name without a NUL', sample(dhcpOption.tftpServerName, '10.0.0.1', text('10.0.0.1'))],
    ['a boot file with its NUL', sample(dhcpOption.bootFileName, 'undionly.kpxe', text('undionly.kpxe\0'))],
  ])('reads and writes %s', (_, { value, encoded, written, read }) => {
    expect({ written, read }).toEqual({ written: encoded, read: value });
  });

  it.each<[string, unknown]>([
    ['an address of 3 bytes', dhcpOption.requestedAddress.decode(bytes(1, 2, 3))],
    ['no addresses', dhcpOption.router.decode(bytes())],
    ['addresses of 5 bytes', dhcpOption.router.decode(bytes(1, 2, 3, 4, 5))],
    ['seconds of 2 bytes', dhcpOption.leaseTime.decode(bytes(1, 2))],
  ])('does not read %s', (_, read) => expect(read).toBeUndefined());

  it('passes over the odd byte of a list of numbers', () => {
    expect(dhcpOption.clientArchitecture.decode(bytes(0, 7, 0))).toEqual([7]);
    expect(dhcpOption.clientArchitecture.decode(bytes(7))).toEqual([]);
  });

  it('drops trailing NULs of a text, and only those', () => {
    expect(dhcpOption.vendorClass.decode(text('a\0b\0\0'))).toBe('a\0b');
  });

  it.each<[string, () => Uint8Array]>([
    ['a host name as address', () => dhcpOption.subnetMask.encode('example.org')],
    ['seconds beyond 32 bits', () => dhcpOption.leaseTime.encode(2 ** 32)],
    ['negative seconds', () => dhcpOption.leaseTime.encode(-1)],
    ['half a second', () => dhcpOption.leaseTime.encode(0.5)],
  ])('does not write %s', (_, encode) => expect(encode).toThrow(RangeError));

  it('takes an option that it does not know as its bytes', () => {
    const codec = optionCodec(231);
    expect(codec.name).toBe('Option 231');
    expect(codec.decode(codec.encode(bytes(1, 2)))).toEqual(bytes(1, 2));
  });

  it('shows nothing of a stranger that could steer a terminal or turn a line around', () => {
    expect(printable('a\u001b[2Jb\u202ec\n')).toBe('a.[2Jb.c.');
    expect(printable('x'.repeat(300))).toHaveLength(255);
  });
});
