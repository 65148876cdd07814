import { describe, expect, it } from 'vitest';
import { PeerAdmission } from '../../../../main/engine/http/admission.ts';

describe('PeerAdmission', () => {
  it.each([
    ['192.168.77.1', 24, '192.168.77.9', true],
    ['192.168.77.1', 24, '192.168.77.1', true],
    ['192.168.77.1', 24, '192.168.78.1', false],
    ['192.168.77.1', 24, '127.0.0.1', false],
    ['192.168.77.1', 24, '', false],
    ['192.168.77.1', 24, 'fe80::1', false],
    ['10.0.0.1', 8, '10.255.0.1', true],
    ['127.0.0.1', 32, '127.0.0.9', true],
    ['127.0.0.1', 8, '192.168.77.9', false],
    ['station', 24, '192.168.77.9', false],
  ])('of %s/%i, peer %s: %s', (address, prefixLength, peer, admitted) => {
    expect(new PeerAdmission(address, prefixLength, 1).enter(peer)).toBe(
      admitted ? undefined : 'not in the served subnet',
    );
  });

  it('counts each peer for itself', () => {
    const admission = new PeerAdmission('10.0.0.1', 24, 2);
    const enter = (peer: string) => admission.enter(peer);
    expect([enter('10.0.0.2'), enter('10.0.0.2'), enter('10.0.0.3')]).toEqual([undefined, undefined, undefined]);
    expect(enter('10.0.0.2')).toBe('too many connections');
    admission.leave('10.0.0.2');
    expect([enter('10.0.0.2'), enter('10.0.0.2')]).toEqual([undefined, 'too many connections']);
  });
});
