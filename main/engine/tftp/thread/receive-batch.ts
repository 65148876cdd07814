import { addressOf } from '../../native/memory.ts';
import { type DatagramCalls, MSG_DONTWAIT } from './datagram-calls.ts';
import {
  IOVEC,
  IOVEC_BYTES,
  IOVEC_COUNT,
  MMSGHDR_BYTES,
  NAME,
  NAME_LENGTH,
  RECEIVED_BYTES,
  SOCKADDR_BYTES,
  writePointer,
} from './datagram-layout.ts';

/** What a client sends in a transfer is an acknowledgement of 4 bytes or a short error; what is longer is cut. */
const DATAGRAM_BYTES = 512;

/** Takes in many datagrams by one call; nothing is allocated for them. */
export class ReceiveBatch {
  readonly #calls: DatagramCalls;
  readonly capacity: number;
  readonly #messages: Buffer;
  readonly #names: Buffer;
  readonly #vectors: Buffer;
  readonly #bytes: Buffer;

  constructor(calls: DatagramCalls, capacity = 64) {
    this.#calls = calls;
    this.capacity = capacity;
    this.#messages = Buffer.allocUnsafeSlow(capacity * MMSGHDR_BYTES).fill(0);
    this.#names = Buffer.allocUnsafeSlow(capacity * SOCKADDR_BYTES).fill(0);
    this.#vectors = Buffer.allocUnsafeSlow(capacity * IOVEC_BYTES).fill(0);
    this.#bytes = Buffer.allocUnsafeSlow(capacity * DATAGRAM_BYTES).fill(0);
    const names = addressOf(this.#names);
    const vectors = addressOf(this.#vectors);
    const bytes = addressOf(this.#bytes);
    for (let index = 0; index < capacity; index += 1) {
      const message = index * MMSGHDR_BYTES;
      writePointer(this.#messages, message + NAME, names + index * SOCKADDR_BYTES);
      this.#messages.writeUInt32LE(SOCKADDR_BYTES, message + NAME_LENGTH);
      writePointer(this.#messages, message + IOVEC, vectors + index * IOVEC_BYTES);
      writePointer(this.#messages, message + IOVEC_COUNT, 1);
      writePointer(this.#vectors, index * IOVEC_BYTES, bytes + index * DATAGRAM_BYTES);
      writePointer(this.#vectors, index * IOVEC_BYTES + 8, DATAGRAM_BYTES);
    }
  }

  /** Takes what has come, without waiting; the number of datagrams. What was taken before is overwritten. */
  receive(fd: number): number {
    return Math.max(0, this.#calls.recvmmsg(fd, this.#messages, this.capacity, MSG_DONTWAIT, null));
  }

  port(index: number): number {
    return this.#names.readUInt16BE(index * SOCKADDR_BYTES + 2);
  }

  address(index: number): number {
    return this.#names.readUInt32BE(index * SOCKADDR_BYTES + 4);
  }

  /** Valid until the next `receive`. */
  datagram(index: number): Buffer {
    const start = index * DATAGRAM_BYTES;
    return this.#bytes.subarray(start, start + this.#messages.readUInt32LE(index * MMSGHDR_BYTES + RECEIVED_BYTES));
  }

  /** The block of an acknowledgement; undefined for any other datagram. Makes no object: most datagrams are acknowledgements. */
  acknowledgedBlock(index: number): number | undefined {
    const start = index * DATAGRAM_BYTES;
    const isAcknowledgement =
      this.#messages.readUInt32LE(index * MMSGHDR_BYTES + RECEIVED_BYTES) >= 4 &&
      this.#bytes.readUInt16BE(start) === ACKNOWLEDGEMENT;
    return isAcknowledgement ? this.#bytes.readUInt16BE(start + 2) : undefined;
  }
}

/** RFC 1350 */
const ACKNOWLEDGEMENT = 4;
