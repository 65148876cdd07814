/**
 * Block numbers: 16 bits on the wire, counted without end inside. Files of more than 65,535 blocks are usual (40 MB at
 * 512 bytes), and iPXE, GRUB, U-Boot and EDK2 all expect the number to start again. Pure.
 */

/** What follows 65535: 0, unless the client asked for 1 by the `rollover` option. */
export type RolloverTo = 0 | 1;

/** The wire number of the n-th block; block 0 is the option acknowledgement. */
export const wireBlockNumber = (block: number, rolloverTo: RolloverTo): number =>
  rolloverTo === 0 || block === 0 ? block % 65_536 : ((block - 1) % 65_535) + 1;

/** How many blocks `wireNumber` is ahead of `block`; a number that lies behind comes out as a very large distance. */
export function blocksAhead(block: number, wireNumber: number, rolloverTo: RolloverTo): number {
  const modulus = rolloverTo === 0 ? 65_536 : 65_535;
  const distance = (wireNumber - wireBlockNumber(block, rolloverTo)) % modulus;
  return distance < 0 ? distance + modulus : distance;
}
