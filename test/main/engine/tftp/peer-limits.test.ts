import { describe, expect, it } from 'vitest';
import { defaultPeerLimits, PeerLimiter } from '../../../../main/engine/tftp/peer-limits.ts';

describe('peer limits', () => {
  it('lets a boot menu search: 200 requests a second for a long time', () => {
    const limiter = new PeerLimiter(defaultPeerLimits);
    const allowed = Array.from({ length: 20_000 }, (_, index) => limiter.takeRequest('10.0.0.2', index * 5));
    expect(allowed).not.toContain(false);
  });

  it('bounds a flood of one peer and leaves the others alone', () => {
    const limiter = new PeerLimiter({ ...defaultPeerLimits, requestsPerSecondPerPeer: 10, requestBurstPerPeer: 5 });
    const allowed = Array.from({ length: 1_000 }, () => limiter.takeRequest('10.0.0.2', 0));
    expect(allowed.filter(Boolean)).toHaveLength(5);
    expect(limiter.takeRequest('10.0.0.3', 0)).toBe(true);
    expect(limiter.takeRequest('10.0.0.2', 99)).toBe(false);
    expect(limiter.takeRequest('10.0.0.2', 200)).toBe(true);
  });

  it('forgets who has been quiet for longest, so that invented addresses fill nothing', () => {
    const limiter = new PeerLimiter({ ...defaultPeerLimits, requestsPerSecondPerPeer: 0, requestBurstPerPeer: 1 });
    expect(limiter.takeRequest('first', 0)).toBe(true);
    expect(limiter.takeRequest('first', 0)).toBe(false);
    for (let index = 0; index < 4_096; index += 1) limiter.takeRequest(`10.1.${index >> 8}.${index & 255}`, 0);
    expect(limiter.takeRequest('first', 0)).toBe(true);
    expect(limiter.takeRequest('10.1.15.255', 0)).toBe(false);
  });

  it('bounds the transfers of one peer and of all', () => {
    const limiter = new PeerLimiter({ ...defaultPeerLimits, maxTransfersPerPeer: 2, maxTransfers: 3 });
    expect(['a', 'a', 'a', 'b', 'b', 'c'].map((peer) => limiter.takeTransfer(peer))).toEqual([
      true,
      true,
      false,
      true,
      false,
      false,
    ]);
    limiter.releaseTransfer('a');
    expect(limiter.takeTransfer('c')).toBe(true);
    expect(limiter.takeTransfer('a')).toBe(false);
    limiter.releaseTransfer('b');
    expect(limiter.takeTransfer('a')).toBe(true);
  });

  it('allows 16 transfers of one peer and 1024 of all', () => {
    const limiter = new PeerLimiter(defaultPeerLimits);
    const allowed = Array.from({ length: 2_000 }, (_, index) => limiter.takeTransfer(`peer ${Math.floor(index / 20)}`));
    expect(allowed.slice(0, 20).filter(Boolean)).toHaveLength(16);
    expect(allowed.filter(Boolean)).toHaveLength(1_024);
  });
});
