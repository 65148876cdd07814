/** What one machine may ask in a second, in the long run and at once: ROMs burst, and a machine never asks so often. */
const CLIENT = { perSecond: 20, burst: 60 } as const;
/** What all may: a bench of 500 that is switched on at once stays below. */
const ALL = { perSecond: 2_000, burst: 4_000 } as const;
const MOST_CLIENTS = 4096;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const CHADDR = { offset: 28, end: 44 } as const;

/** Bounds what a flood of requests can cost: who asks too often is not read at all. Pure data: the clock is an argument. */
export class FloodGuard {
  readonly #all: Bucket = { tokens: ALL.burst, filledAtMs: 0 };
  readonly #clients = new Map<string, Bucket>();

  /** Undefined where the datagram may be read; else why not. */
  refusal(datagram: Uint8Array, nowMs: number): string | undefined {
    // As it stands in the packet: whoever it is, and whatever else is wrong with it.
    const client = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength).toString(
      'latin1',
      CHADDR.offset,
      CHADDR.end,
    );
    if (!take(this.#bucketOf(client, nowMs), CLIENT, nowMs)) return 'one machine asks more often than machines do';
    if (!take(this.#all, ALL, nowMs)) return 'more is asked than by any bench';
    return undefined;
  }

  #bucketOf(client: string, nowMs: number): Bucket {
    const known = this.#clients.get(client);
    const bucket = known ?? { tokens: CLIENT.burst, filledAtMs: nowMs };
    this.#clients.delete(client);
    this.#clients.set(client, bucket);
    const [eldest] = this.#clients.keys();
    if (this.#clients.size > MOST_CLIENTS && eldest !== undefined) this.#clients.delete(eldest);
    return bucket;
  }
}

/** Fills a bucket up to now, and takes one out; false where it is empty. */
function take(bucket: Bucket, limit: { readonly perSecond: number; readonly burst: number }, nowMs: number): boolean {
  // A clock that was set back fills nothing.
  const passedMs = Math.max(0, nowMs - bucket.filledAtMs);
  bucket.tokens = Math.min(limit.burst, bucket.tokens + (passedMs * limit.perSecond) / 1000);
  bucket.filledAtMs = nowMs;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
