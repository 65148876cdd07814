import type { CapturedPacket } from './pcapng.ts';

/**
 * The last packets of each client, bounded in two ways: each client keeps its newest within its share, and all clients together
 * keep within one sum, the client that was silent longest giving way first. Pure state.
 */

export interface PacketRingLimits {
  readonly clientBytes: number;
  readonly totalBytes: number;
}

/** A boot of one machine is about 60 packets of some 400 bytes when data blocks are left out. */
export const standardRingLimits: PacketRingLimits = { clientBytes: 128 * 1024, totalBytes: 16 * 1024 * 1024 };

/** What a packet costs beyond its bytes. */
const OVERHEAD_BYTES = 160;

interface ClientRing {
  packets: CapturedPacket[];
  bytes: number;
}

export class PacketRing {
  readonly #limits: PacketRingLimits;
  /** In the order in which clients spoke last. */
  readonly #clients = new Map<string, ClientRing>();
  #bytes = 0;
  #forgotten = 0;

  constructor(limits: PacketRingLimits = standardRingLimits) {
    this.#limits = limits;
  }

  /** Packets that had to give way. */
  get forgottenCount(): number {
    return this.#forgotten;
  }

  get sizeBytes(): number {
    return this.#bytes;
  }

  add(clientKey: string, packet: CapturedPacket): void {
    const ring = this.#clients.get(clientKey) ?? { packets: [], bytes: 0 };
    this.#clients.delete(clientKey);
    this.#clients.set(clientKey, ring);
    ring.packets.push(packet);
    this.#count(ring, cost(packet));
    while (ring.bytes > this.#limits.clientBytes && ring.packets.length > 1) this.#forgetOldest(ring);
    while (this.#bytes > this.#limits.totalBytes) {
      const [silent] = this.#clients;
      if (silent === undefined) return;
      const [key, eldest] = silent;
      this.#forgetOldest(eldest);
      if (eldest.packets.length === 0) this.#clients.delete(key);
    }
  }

  /** Of one client, or of all, in the order of time. */
  packets(clientKey?: string): CapturedPacket[] {
    if (clientKey !== undefined) return [...(this.#clients.get(clientKey)?.packets ?? [])];
    return [...this.#clients.values()].flatMap(({ packets }) => packets).sort((a, b) => a.atMs - b.atMs);
  }

  #forgetOldest(ring: ClientRing): void {
    const oldest = ring.packets.shift();
    if (oldest === undefined) return;
    this.#count(ring, -cost(oldest));
    this.#forgotten += 1;
  }

  #count(ring: ClientRing, bytes: number): void {
    ring.bytes += bytes;
    this.#bytes += bytes;
  }
}

const cost = ({ frame, comment }: CapturedPacket): number => frame.length + 2 * (comment?.length ?? 0) + OVERHEAD_BYTES;
