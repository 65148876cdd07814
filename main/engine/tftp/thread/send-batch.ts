import { addressOf } from '../../native/memory.ts';
import { EAGAIN, EINTR, EINVAL, EIO, EMSGSIZE } from '../../native/thread-calls.ts';
import { type DatagramCalls, MSG_DONTWAIT } from './datagram-calls.ts';
import {
  CONTROL,
  CONTROL_BYTES,
  CONTROL_LENGTH,
  MMSGHDR_BYTES,
  SOCKADDR_BYTES,
  writePointer,
  writeSegmentControl,
  writeSocketAddress,
} from './datagram-layout.ts';
import { MessageArray } from './message-array.ts';

/** What the kernel cuts into datagrams at once: no more than an IP packet holds, and than UDP_MAX_SEGMENTS. */
export const MOST_RUN_BYTES = 65_000;
export const MOST_RUN_DATAGRAMS = 64;

/** A full send buffer empties in a moment; what does not go out then is lost, as packets are. */
const TRIES_OF_A_FULL_BUFFER = 3;

/** Datagrams of one or more equal parts, gathered and sent by one call for each socket. */
export class SendBatch {
  readonly #calls: DatagramCalls;
  readonly #array: MessageArray;
  readonly #controls: Buffer;
  readonly #controlsAddress: number;
  /** A datagram was larger than its network takes. */
  readonly #onTooLarge: (address: number, port: number) => void;
  #count = 0;
  #generation = 0;
  #fd = -1;
  #segments = true;

  constructor(calls: DatagramCalls, onTooLarge: (address: number, port: number) => void, capacity = 64) {
    this.#calls = calls;
    this.#onTooLarge = onTooLarge;
    this.#array = new MessageArray(capacity);
    this.#controls = Buffer.allocUnsafeSlow(capacity * CONTROL_BYTES).fill(0);
    this.#controlsAddress = addressOf(this.#controls);
  }

  /** False once the system has shown that it cannot cut datagrams: then each is added by itself. */
  get cutsDatagrams(): boolean {
    return this.#segments;
  }

  /** Of what waits to be sent now: another number once it has gone out. */
  get generation(): number {
    return this.#generation;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /**
   * `lengthBytes` from `memoryAddress` on; with `datagramBytes` they are cut into datagrams of that size, the last may be shorter. The
   * memory must not change before `flush`.
   */
  add(
    fd: number,
    peer: { readonly peerAddress: number; readonly peerPort: number },
    memoryAddress: number,
    lengthBytes: number,
    datagramBytes: number,
  ): void {
    if (this.#count === this.#array.capacity || (this.#fd !== fd && this.#count > 0)) this.flush();
    this.#fd = fd;
    const index = this.#count++;
    const message = index * MMSGHDR_BYTES;
    const { messages, names } = this.#array;
    writeSocketAddress(names, index * SOCKADDR_BYTES, peer.peerAddress, peer.peerPort);
    this.#array.setBytes(index, memoryAddress, lengthBytes);
    if (lengthBytes > datagramBytes) {
      writeSegmentControl(this.#controls, index * CONTROL_BYTES, datagramBytes);
      writePointer(messages, message + CONTROL, this.#controlsAddress + index * CONTROL_BYTES);
      messages.writeUInt32LE(CONTROL_BYTES, message + CONTROL_LENGTH);
    } else {
      writePointer(messages, message + CONTROL, 0);
      messages.writeUInt32LE(0, message + CONTROL_LENGTH);
    }
  }

  flush(): void {
    const { messages } = this.#array;
    let from = 0;
    let tries = 0;
    while (from < this.#count) {
      const rest = from === 0 ? messages : messages.subarray(from * MMSGHDR_BYTES);
      const sent = this.#calls.sendmmsg(this.#fd, rest, this.#count - from, MSG_DONTWAIT);
      if (sent > 0) {
        from += sent;
        tries = 0;
        continue;
      }
      const errno = this.#calls.errno();
      if (errno === EINTR) continue;
      if (errno === EAGAIN && tries < TRIES_OF_A_FULL_BUFFER) {
        tries += 1;
        continue;
      }
      this.#failed(from, errno);
      from += 1;
      tries = 0;
    }
    this.#count = 0;
    this.#generation += 1;
  }

  /** A datagram that cannot be sent is a datagram lost; its transfer sends it again. */
  #failed(index: number, errno: number): void {
    const isRun = this.#array.messages.readUInt32LE(index * MMSGHDR_BYTES + CONTROL_LENGTH) > 0;
    // Network cards without checksum offload refuse to cut datagrams (EIO), old kernels do not know it (EINVAL).
    if (isRun && (errno === EIO || errno === EINVAL || errno === EMSGSIZE)) {
      this.#segments = false;
      return;
    }
    if (errno !== EMSGSIZE) return;
    this.#onTooLarge(this.#array.address(index), this.#array.port(index));
  }
}
