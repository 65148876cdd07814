/**
 * The memory of `struct mmsghdr` arrays for recvmmsg(2) and sendmmsg(2) on 64-bit Linux, little-endian: one `mmsghdr` of 64 bytes, one
 * `iovec`, one `sockaddr_in` and room for one control message for each datagram.
 */

export const MMSGHDR_BYTES = 64;
export const IOVEC_BYTES = 16;
export const SOCKADDR_BYTES = 16;
/** CMSG_SPACE(2): a head of 16 bytes and a 16-bit value, aligned. */
export const CONTROL_BYTES = 24;

/** Offsets inside `mmsghdr`. */
export const NAME = 0;
export const NAME_LENGTH = 8;
export const IOVEC = 16;
export const IOVEC_COUNT = 24;
export const CONTROL = 32;
export const CONTROL_LENGTH = 40;
export const RECEIVED_BYTES = 56;

const AF_INET = 2;
const SOL_UDP = 17;
const UDP_SEGMENT = 103;
/** CMSG_LEN(2) */
const CONTROL_MESSAGE_BYTES = 18;

export function writePointer(target: Buffer, offset: number, address: number): void {
  target.writeUInt32LE(address % 0x1_0000_0000, offset);
  target.writeUInt32LE(Math.floor(address / 0x1_0000_0000), offset + 4);
}

export function writeSocketAddress(target: Buffer, offset: number, address: number, port: number): void {
  target.writeUInt16LE(AF_INET, offset);
  target.writeUInt16BE(port, offset + 2);
  target.writeUInt32BE(address, offset + 4);
}

/** Tells the kernel to cut the datagram into datagrams of so many bytes: UDP segmentation offload (udp(7)). */
export function writeSegmentControl(target: Buffer, offset: number, segmentBytes: number): void {
  target.writeUInt32LE(CONTROL_MESSAGE_BYTES, offset);
  target.writeUInt32LE(0, offset + 4);
  target.writeInt32LE(SOL_UDP, offset + 8);
  target.writeInt32LE(UDP_SEGMENT, offset + 12);
  target.writeUInt16LE(segmentBytes, offset + 16);
}
