import { describe, expect, it } from 'vitest';
import { createVendorLookup, vendorInTable } from '../../../../main/engine/net/mac-vendor.ts';

describe('vendorInTable', () => {
  const table = [
    '{',
    ' "00144F": "Oracle Corporation\\n500 Oracle Parkway",',
    ' "70B3D5": "IEEE Registration Authority",',
    ' "70B3D5123": "Small Maker, Inc.\\nStreet"',
    '}',
  ].join('\n');

  it.each([
    ['00:14:4f:01:02:03', 'Oracle'],
    ['70:b3:d5:12:30:01', 'Small Maker'],
    ['70:b3:d5:99:90:01', 'IEEE Registration Authority'],
    ['52:54:00:12:34:56', 'QEMU virtual machine'],
    ['02:aa:bb:cc:dd:ee', undefined],
    ['", "x', undefined],
  ])('says of %s: %s', (mac, vendor) => {
    expect(vendorInTable(mac, table)).toBe(vendor);
  });

  it('finds real vendors in the real table', async () => {
    const lookup = createVendorLookup();
    expect(await lookup('00:14:22:01:02:03')).toBe('Dell');
    expect(await lookup('3c:d9:2b:01:02:03')).toMatch(/Hewlett/i);
  });
});
