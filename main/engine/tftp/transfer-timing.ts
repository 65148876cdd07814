/**
 * How long to wait for an acknowledgement. RFC 1350 leaves it open; this follows TCP's way (RFC 6298): measured round
 * trips, doubled after every loss. A fixed second would make a lossy bench a hundred times slower than it is. Pure.
 */

const FIRST_INTERVAL_MS = 1_000;
const MIN_INTERVAL_MS = 20;
const MAX_INTERVAL_MS = 8_000;
const FIRST_GRACE_MS = 20;
const MIN_GRACE_MS = 2;

export class RetransmissionTiming {
  readonly #negotiatedMs: number | undefined;
  #smoothedMs: number | undefined;
  #variationMs = 0;
  #backoff = 1;

  /** A negotiated timeout is what the client wants: it is kept as it is, neither measured nor doubled (RFC 2349). */
  constructor(negotiatedMs: number | undefined) {
    this.#negotiatedMs = negotiatedMs;
  }

  get intervalMs(): number {
    if (this.#negotiatedMs !== undefined) return this.#negotiatedMs;
    const measuredMs =
      this.#smoothedMs === undefined ? FIRST_INTERVAL_MS : this.#smoothedMs + Math.max(4 * this.#variationMs, 1);
    return Math.min(Math.max(measuredMs, MIN_INTERVAL_MS) * this.#backoff, MAX_INTERVAL_MS);
  }

  /** How long a real acknowledgement may still take after a doubled one came. */
  get graceMs(): number {
    if (this.#smoothedMs === undefined) return FIRST_GRACE_MS;
    return Math.min(Math.max(1.5 * this.#smoothedMs, MIN_GRACE_MS), this.intervalMs);
  }

  /** A round trip; never that of something sent twice, as it could be either's (Karn's rule). */
  measured(roundTripMs: number): void {
    if (this.#smoothedMs === undefined) {
      this.#smoothedMs = roundTripMs;
      this.#variationMs = roundTripMs / 2;
      return;
    }
    this.#variationMs += (Math.abs(this.#smoothedMs - roundTripMs) - this.#variationMs) / 4;
    this.#smoothedMs += (roundTripMs - this.#smoothedMs) / 8;
  }

  /** A time that is not surely a round trip: better than none. */
  guessed(roundTripMs: number): void {
    if (this.#smoothedMs === undefined) this.measured(roundTripMs);
  }

  timedOut(): void {
    this.#backoff = Math.min(this.#backoff * 2, MAX_INTERVAL_MS / MIN_INTERVAL_MS);
  }

  progressed(): void {
    this.#backoff = 1;
  }
}
