/**
 * What one peer and all together may ask for. A request of forty bytes makes the server send thousands, and its
 * sender's address may be another's: so what exceeds a limit gets silence, never an ERROR. Who is real asks again.
 * Pure.
 */

export interface PeerLimits {
  readonly maxTransfersPerPeer: number;
  readonly maxTransfers: number;
  /** PXELINUX and GRUB search for their configuration by asking for dozens of names that do not exist. */
  readonly requestsPerSecondPerPeer: number;
  readonly requestBurstPerPeer: number;
}

export const defaultPeerLimits: PeerLimits = {
  maxTransfersPerPeer: 16,
  maxTransfers: 1_024,
  requestsPerSecondPerPeer: 250,
  requestBurstPerPeer: 500,
};

// A peer is forgotten when its bucket is full again; this bounds what a flood of invented addresses can fill.
const MAX_BUCKETS = 4_096;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

export class PeerLimiter {
  readonly #limits: PeerLimits;
  readonly #buckets = new Map<string, Bucket>();
  readonly #transfersByPeer = new Map<string, number>();
  #transfers = 0;

  constructor(limits: PeerLimits) {
    this.#limits = limits;
  }

  /** Counts a request; false where the peer asks too often. */
  takeRequest(peerAddress: string, nowMs: number): boolean {
    const { requestsPerSecondPerPeer, requestBurstPerPeer } = this.#limits;
    const known = this.#buckets.get(peerAddress);
    const refilled =
      known === undefined
        ? requestBurstPerPeer
        : known.tokens + ((nowMs - known.filledAtMs) * requestsPerSecondPerPeer) / 1_000;
    const tokens = Math.min(refilled, requestBurstPerPeer);
    const isWithin = tokens >= 1;
    // Put last, so that the first is the one that has been quiet for longest.
    this.#buckets.delete(peerAddress);
    this.#buckets.set(peerAddress, { tokens: isWithin ? tokens - 1 : tokens, filledAtMs: nowMs });
    if (this.#buckets.size > MAX_BUCKETS) this.#forgetOldest();
    return isWithin;
  }

  /** Takes a place for a transfer; false where there is none. A place taken is given back by `releaseTransfer`. */
  takeTransfer(peerAddress: string): boolean {
    const ofPeer = this.#transfersByPeer.get(peerAddress) ?? 0;
    if (ofPeer >= this.#limits.maxTransfersPerPeer || this.#transfers >= this.#limits.maxTransfers) return false;
    this.#transfersByPeer.set(peerAddress, ofPeer + 1);
    this.#transfers += 1;
    return true;
  }

  releaseTransfer(peerAddress: string): void {
    const ofPeer = this.#transfersByPeer.get(peerAddress) ?? 0;
    if (ofPeer <= 1) this.#transfersByPeer.delete(peerAddress);
    else this.#transfersByPeer.set(peerAddress, ofPeer - 1);
    this.#transfers -= 1;
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
