import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv4, isInSubnet, parseCidr, parseIpv4, subnetOf } from '../../../../main/engine/net/ipv4.ts';

describe('parseIpv4', () => {
  it('is undone by formatIpv4 for every address', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (value) => {
        expect(parseIpv4(formatIpv4(value))).toBe(value);
      }),
    );
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1.2.3.4 ', '-1.2.3.4', '1e1.2.3.4', '::1', '1.2.3.'])(
    'refuses %j',
    (text) => expect(parseIpv4(text)).toBeUndefined(),
  );
});

describe('subnetOf', () => {
  it.each([
    ['192.168.77.1', 24, '192.168.77.0', '192.168.77.255'],
    ['10.1.2.3', 8, '10.0.0.0', '10.255.255.255'],
    ['172.16.5.130', 25, '172.16.5.128', '172.16.5.255'],
    ['192.168.1.5', 30, '192.168.1.4', '192.168.1.7'],
    ['8.8.8.8', 0, '0.0.0.0', '255.255.255.255'],
    ['8.8.8.8', 32, '8.8.8.8', '8.8.8.8'],
  ])('%s/%i is %s to %s', (address, prefixLength, network, broadcast) => {
    const subnet = subnetOf(parseIpv4(address)!, prefixLength);
    expect([formatIpv4(subnet.network), formatIpv4(subnet.broadcast)]).toEqual([network, broadcast]);
    expect(isInSubnet(parseIpv4(address)!, subnet)).toBe(true);
  });
});

describe('isInSubnet', () => {
  it.each([
    ['192.168.77.0', true],
    ['192.168.77.255', true],
    ['192.168.78.0', false],
    ['192.168.76.255', false],
  ])('says of %s in 192.168.77.1/24: %s', (address, expected) => {
    expect(isInSubnet(parseIpv4(address)!, subnetOf(parseIpv4('192.168.77.1')!, 24))).toBe(expected);
  });
});

describe('parseCidr', () => {
  it('reads address and prefix', () => {
    expect(parseCidr('192.168.77.1/24')).toEqual({ address: '192.168.77.1', prefixLength: 24 });
  });

  it.each(['192.168.77.1', '192.168.77.1/33', '192.168.77.1/', '192.168.77/24', 'a/24', '1.2.3.4/24/5', '1.2.3.4/-1'])(
    'refuses %j',
    (text) => expect(parseCidr(text)).toBeUndefined(),
  );
});
