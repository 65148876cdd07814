import { DATA_HEADER_BYTES, writeDataHeader } from './packet.ts';
import { wireBlockNumber, type RolloverTo } from './transfer-block-number.ts';

/**
 * The DATA packets of a transfer that are ready or may have to be sent again, made once and back to back in one
 * buffer: block n lives in slot n modulo the number of slots. Nothing is allocated per packet. Pure.
 */
export class PacketRing {
  readonly slotCount: number;
  /** Of a whole packet with its header. */
  readonly slotBytes: number;
  readonly blockSizeBytes: number;
  /** All slots, back to back. */
  readonly memory: Buffer;
  readonly #rolloverTo: RolloverTo;
  readonly #slots: readonly Buffer[];
  /** The only packet that is shorter than its slot is the last one. */
  #shortPacket: { readonly block: number; readonly bytes: Buffer } | undefined;

  constructor(shape: { slotCount: number; blockSizeBytes: number; rolloverTo: RolloverTo }) {
    this.slotCount = shape.slotCount;
    this.blockSizeBytes = shape.blockSizeBytes;
    this.#rolloverTo = shape.rolloverTo;
    const slotBytes = DATA_HEADER_BYTES + shape.blockSizeBytes;
    this.slotBytes = slotBytes;
    this.memory = Buffer.allocUnsafeSlow(slotBytes * shape.slotCount);
    this.#slots = Array.from({ length: shape.slotCount }, (_, index) =>
      this.memory.subarray(index * slotBytes, (index + 1) * slotBytes),
    );
  }

  /** Where the packet of a block is put together: its payload starts after the header. */
  slot(block: number): Buffer {
    // The index is in range by construction.
    return this.#slots[block % this.slotCount] as Buffer;
  }

  /** Declares the packet of `block` done. */
  seal(block: number, payloadBytes: number): void {
    const slot = this.slot(block);
    writeDataHeader(slot, 0, wireBlockNumber(block, this.#rolloverTo));
    if (payloadBytes < this.blockSizeBytes) {
      this.#shortPacket = { block, bytes: slot.subarray(0, DATA_HEADER_BYTES + payloadBytes) };
    }
  }

  /** The packet of a sealed block, as it is sent. */
  packet(block: number): Buffer {
    return this.#shortPacket?.block === block ? this.#shortPacket.bytes : this.slot(block);
  }
}
