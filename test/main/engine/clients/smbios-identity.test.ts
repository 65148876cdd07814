import { describe, expect, it } from 'vitest';
import { realSerial, realUuid, uuidKey } from '../../../../main/engine/clients/smbios-identity.ts';

describe('a serial number', () => {
  it.each([
    'To be filled by O.E.M.',
    'To Be Filled By O.E.M',
    'Default string',
    'System Serial Number',
    'Not Specified',
    'None',
    'N/A',
    'INVALID',
    '0',
    '00000000',
    '........',
    'XXXXXXXXXX',
    '0123456789',
    '123456789',
    '1234567890',
    '9876543210',
    '   ',
    '',
    undefined,
  ])('%j tells no machine from another', (text) => {
    expect(realSerial(text)).toBeUndefined();
  });

  it.each(['5CD1234XYZ', 'PF-0A1B2C', 'R90ABCDE', '12345', 'VMware-56 4d 12', '1002003'])('%j is a serial', (text) => {
    expect(realSerial(` ${text} `)).toBe(text);
  });
});

describe('a UUID', () => {
  it.each([
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    'fefefefe-fefe-fefe-fefe-fefefefefefe',
    '03000200-0400-0500-0006-000700080009',
    // The same sample value, printed in the other byte order.
    '00020003-0004-0005-0006-000700080009',
    '12345678-1234-5678-90AB-CDDEEFAABBCC',
    '4c4c4544-0042-3510-8054',
    'zc4c4544-0042-3510-8054-b4c04f4d3333',
    '',
    undefined,
  ])('%j tells no machine from another', (text) => {
    expect(realUuid(text)).toBeUndefined();
  });

  it('is written in one way', () => {
    expect(realUuid('{4C4C4544-0042-3510-8054-B4C04F4D3333}')).toBe('4c4c4544-0042-3510-8054-b4c04f4d3333');
  });

  it('is the same machine in either byte order, and no other', () => {
    const uuid = '4c4c4544-0042-3510-8054-b4c04f4d3333';
    expect(uuidKey('44454c4c-4200-1035-8054-b4c04f4d3333')).toBe(uuidKey(uuid));
    expect(uuidKey('44454c4c-4200-1035-8054-b4c04f4d3334')).not.toBe(uuidKey(uuid));
  });
});
