import { addressOf } from '../../native/memory.ts';
import { type DatagramCalls, MSG_DONTWAIT } from './datagram-calls.ts';
import { MMSGHDR_BYTES, RECEIVED_BYTES } from './datagram-layout.ts';
import { MessageArray } from './message-array.ts';

/** What a client sends in a transfer is an acknowledgement of 4 bytes or a short error; what is longer is cut. */
const DATAGRAM_BYTES = 512;

/** RFC 1350 */
const ACKNOWLEDGEMENT = 4;

/** Takes in many datagrams by one call; nothing is allocated for them. */
export class ReceiveBatch {
  readonly #calls: DatagramCalls;
  readonly #array: MessageArray;
  readonly #bytes: Buffer;

  constructor(calls: DatagramCalls, capacity = 64) {
    this.#calls = calls;
    this.#array = new MessageArray(capacity);
    this.#bytes = Buffer.allocUnsafeSlow(capacity * DATAGRAM_BYTES).fill(0);
    const bytes = addressOf(this.#bytes);
    for (let index = 0; index < capacity; index += 1) {
      this.#array.setBytes(index, bytes + index * DATAGRAM_BYTES, DATAGRAM_BYTES);
    }
  }

  get capacity(): number {
    return this.#array.capacity;
  }

  /** Takes what has come, without waiting; the number of datagrams. What was taken before is overwritten. */
  receive(fd: number): number {
    return Math.max(0, this.#calls.recvmmsg(fd, this.#array.messages, this.capacity, MSG_DONTWAIT, null));
  }

  port(index: number): number {
    return this.#array.port(index);
  }

  address(index: number): number {
    return this.#array.address(index);
  }

  /** Valid until the next `receive`. */
  datagram(index: number): Buffer {
    const start = index * DATAGRAM_BYTES;
    return this.#bytes.subarray(start, start + this.#lengthBytes(index));
  }

  /** The block of an acknowledgement; undefined for any other datagram. Makes no object: most datagrams are acknowledgements. */
  acknowledgedBlock(index: number): number | undefined {
    const start = index * DATAGRAM_BYTES;
    const isAcknowledgement = this.#lengthBytes(index) >= 4 && this.#bytes.readUInt16BE(start) === ACKNOWLEDGEMENT;
    return isAcknowledgement ? this.#bytes.readUInt16BE(start + 2) : undefined;
  }

  #lengthBytes(index: number): number {
    return this.#array.messages.readUInt32LE(index * MMSGHDR_BYTES + RECEIVED_BYTES);
  }
}
