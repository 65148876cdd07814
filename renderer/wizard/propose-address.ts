import type { NetworkInterface } from '../../main/contract/network.ts';

/** A private /24 that none of this computer's networks overlaps, so that its routes stay as they are. */
export function proposeAddress(interfaces: readonly NetworkInterface[]): string {
  const taken = interfaces.flatMap(({ addresses }) => addresses.filter(({ family }) => family === 'IPv4'));
  for (let third = 77; third < 255; third += 1) {
    const address = `192.168.${third}.1`;
    if (!taken.some((own) => overlaps(address, own.address, Math.min(24, own.prefixLength)))) return `${address}/24`;
  }
  return '10.77.77.1/24';
}

function overlaps(a: string, b: string, prefixLength: number): boolean {
  const shift = 2 ** (32 - prefixLength);
  return Math.floor(numberOf(a) / shift) === Math.floor(numberOf(b) / shift);
}

const numberOf = (address: string): number =>
  address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);

/** `192.168.77.1/24`; a network too small for a bench or too large for sense is none. */
export function isAddressWithPrefix(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return false;
  const [first = 0, ...rest] = match.slice(1, 5).map(Number);
  const prefixLength = Number(match[5]);
  return (
    first > 0 &&
    first < 224 &&
    first !== 127 &&
    rest.every((byte) => byte < 256) &&
    prefixLength >= 8 &&
    prefixLength <= 29
  );
}
