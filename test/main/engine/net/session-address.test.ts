import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressNote } from '../../../../main/engine/net/session-address.ts';

describe('the note of an address to take away', () => {
  it.each(['br0', 'eth0.100', 'Ethernet 2', '../../etc/x', '/etc/x', '..\\x', 'a/../../b'])(
    'of %j is in the data folder',
    (name) => {
      expect(dirname(addressNote('/data', name))).toBe('/data');
    },
  );

  it('is one for each interface', () => {
    expect(addressNote('/data', 'br0')).not.toBe(addressNote('/data', 'br1'));
    expect(addressNote('/data', 'a/b')).not.toBe(addressNote('/data', 'a-b'));
  });
});
