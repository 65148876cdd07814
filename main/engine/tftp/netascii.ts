/** Octets to netascii (RFC 764 as RFC 1350 uses it): LF becomes CR LF, CR becomes CR NUL. Pure. */

const CR = 0x0d;
const LF = 0x0a;
const NUL = 0x00;

export interface NetasciiStep {
  /** Bytes of `source` that were used up. */
  readonly read: number;
  /** Bytes of `target` that were filled. */
  readonly written: number;
}

/**
 * Converts piece by piece, into targets of any length: a pair may begin in one target and end in the next.
 */
export class NetasciiEncoder {
  #pending: number | undefined;

  /** The second half of a pair still has to be written. */
  get hasPending(): boolean {
    return this.#pending !== undefined;
  }

  encodeInto(source: Uint8Array, target: Uint8Array): NetasciiStep {
    let read = 0;
    let written = 0;
    while (written < target.length) {
      if (this.#pending !== undefined) {
        target[written++] = this.#pending;
        this.#pending = undefined;
        continue;
      }
      const byte = source[read];
      if (byte === undefined) break;
      read += 1;
      if (byte === LF || byte === CR) {
        target[written++] = CR;
        this.#pending = byte === LF ? LF : NUL;
      } else {
        target[written++] = byte;
      }
    }
    return { read, written };
  }
}
