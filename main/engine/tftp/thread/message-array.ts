import { addressOf } from '../../native/memory.ts';
import {
  IOVEC,
  IOVEC_BYTES,
  IOVEC_COUNT,
  MMSGHDR_BYTES,
  NAME,
  NAME_LENGTH,
  SOCKADDR_BYTES,
  writePointer,
} from './datagram-layout.ts';

/** An array of `struct mmsghdr`, each with one address and one piece of memory of its own. */
export class MessageArray {
  readonly capacity: number;
  readonly messages: Buffer;
  readonly names: Buffer;
  /** Where the bytes of each message are, and how many. */
  readonly vectors: Buffer;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.messages = Buffer.allocUnsafeSlow(capacity * MMSGHDR_BYTES).fill(0);
    this.names = Buffer.allocUnsafeSlow(capacity * SOCKADDR_BYTES).fill(0);
    this.vectors = Buffer.allocUnsafeSlow(capacity * IOVEC_BYTES).fill(0);
    const names = addressOf(this.names);
    const vectors = addressOf(this.vectors);
    for (let index = 0; index < capacity; index += 1) {
      const message = index * MMSGHDR_BYTES;
      writePointer(this.messages, message + NAME, names + index * SOCKADDR_BYTES);
      this.messages.writeUInt32LE(SOCKADDR_BYTES, message + NAME_LENGTH);
      writePointer(this.messages, message + IOVEC, vectors + index * IOVEC_BYTES);
      writePointer(this.messages, message + IOVEC_COUNT, 1);
    }
  }

  /** `lengthBytes` is less than 4 GiB. */
  setBytes(index: number, memoryAddress: number, lengthBytes: number): void {
    writePointer(this.vectors, index * IOVEC_BYTES, memoryAddress);
    this.vectors.writeUInt32LE(lengthBytes, index * IOVEC_BYTES + 8);
  }

  address(index: number): number {
    return this.names.readUInt32BE(index * SOCKADDR_BYTES + 4);
  }

  port(index: number): number {
    return this.names.readUInt16BE(index * SOCKADDR_BYTES + 2);
  }
}
