import { closeSync, openSync } from 'node:fs';
import { EAGAIN, EINTR, EIO } from '../../native/thread-calls.ts';
import type { BodyOutcome, ThreadBody } from './body-messages.ts';
import type { SocketCalls } from './socket-calls.ts';

/** One turn of one client: long enough that the call itself costs nothing, short enough that the others do not wait. */
const BYTES_A_TURN = 1024 * 1024;

/** A file this large is worth a descriptor of its own: the system reads ahead for each descriptor. */
const OWN_DESCRIPTOR_BYTES = 8 * 1024 * 1024;

/** One body on its way: the system copies from the file to the connection, nothing passes through here. */
export class BodySender {
  readonly id: number;
  readonly socket: number;
  readonly #calls: SocketCalls;
  readonly #pieces: ThreadBody['pieces'];
  readonly #input: number;
  readonly #ownsInput: boolean;
  readonly #offset = Buffer.alloc(8);
  #piece = 0;
  #inPiece = 0;
  #sentBytes = 0;
  #lastProgressMs: number;

  constructor(body: ThreadBody, calls: SocketCalls, nowMs: number) {
    this.id = body.id;
    this.socket = body.socket;
    this.#pieces = body.pieces;
    this.#calls = calls;
    this.#lastProgressMs = nowMs;
    const total = body.pieces.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    const own = total < OWN_DESCRIPTOR_BYTES ? undefined : reopened(body.descriptor);
    this.#input = own ?? body.descriptor;
    this.#ownsInput = own !== undefined;
  }

  get sentBytes(): number {
    return this.#sentBytes;
  }

  get lastProgressMs(): number {
    return this.#lastProgressMs;
  }

  /** Sends what the connection takes now; undefined while there is more. */
  send(nowMs: number): BodyOutcome | undefined {
    const piece = this.#pieces[this.#piece];
    if (piece === undefined) return 'complete';
    const count = Math.min(piece.lengthBytes - this.#inPiece, BYTES_A_TURN);
    this.#offset.writeBigInt64LE(BigInt(piece.offsetBytes + this.#inPiece));
    const sent = this.#calls.sendFile(this.socket, this.#input, this.#offset, count);
    if (sent < 0) return this.#failed();
    if (sent === 0) return 'shortened';
    this.#sentBytes += sent;
    this.#inPiece += sent;
    this.#lastProgressMs = nowMs;
    if (this.#inPiece === piece.lengthBytes) {
      this.#piece += 1;
      this.#inPiece = 0;
    }
    return this.#piece === this.#pieces.length ? 'complete' : undefined;
  }

  /**
   * True once all of it has been on the wire: until then it lies in the system's buffers, and may be lost with the client. Not once it
   * is acknowledged: iPXE jumps into a kernel with the last bytes of its initrd, and says no more.
   */
  get hasLeft(): boolean {
    return this.#calls.unsent(this.socket) === 0;
  }

  close(): void {
    if (this.#ownsInput) closeSync(this.#input);
  }

  #failed(): BodyOutcome | undefined {
    const errno = this.#calls.errno();
    if (errno === EAGAIN || errno === EINTR) return undefined;
    return errno === EIO ? 'unreadable' : 'closed';
  }
}

/** The same file, opened anew; undefined where that is not allowed. */
function reopened(descriptor: number): number | undefined {
  try {
    return openSync(`/proc/self/fd/${descriptor}`, 'r');
  } catch {
    return undefined;
  }
}
