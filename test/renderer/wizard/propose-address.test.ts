import { describe, expect, it } from 'vitest';
import type { NetworkInterface } from '../../../main/contract/network.ts';
import { isAddressWithPrefix, proposeAddress } from '../../../renderer/wizard/propose-address.ts';

const withAddress = (address: string, prefixLength: number): NetworkInterface =>
  ({ addresses: [{ address, prefixLength, family: 'IPv4' }] }) as unknown as NetworkInterface;

describe('proposeAddress', () => {
  it.each([
    ['no network', [], '192.168.77.1/24'],
    ['another network', [withAddress('10.0.0.4', 8)], '192.168.77.1/24'],
    ['the same network', [withAddress('192.168.77.20', 24)], '192.168.78.1/24'],
    ['a part of it', [withAddress('192.168.77.200', 28)], '192.168.78.1/24'],
    ['one that holds it', [withAddress('192.168.76.9', 22)], '192.168.80.1/24'],
    ['one that holds all of 192.168', [withAddress('192.168.1.2', 16)], '10.77.77.1/24'],
  ])('keeps clear of %s', (_what, interfaces, address) => {
    expect(proposeAddress(interfaces)).toBe(address);
  });
});

describe('isAddressWithPrefix', () => {
  it.each(['192.168.77.1/24', '10.0.0.1/8', '172.16.4.1/29'])('takes %s', (text) => {
    expect(isAddressWithPrefix(text)).toBe(true);
  });
  it.each([
    '',
    '192.168.77.1',
    '192.168.77.256/24',
    '127.0.0.1/8',
    '224.0.0.1/24',
    '10.0.0.1/30',
    '10.0.0.1/4',
    '1.2.3/24',
  ])('refuses %j', (text) => {
    expect(isAddressWithPrefix(text)).toBe(false);
  });
});
