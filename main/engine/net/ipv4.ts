/** IPv4 arithmetic on unsigned 32-bit numbers. Pure. */

/** The number of a dotted address; undefined where it is not one (no leading zeros, no short forms). */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
}

export const netmask = (prefixLength: number): number => (prefixLength === 0 ? 0 : (-1 << (32 - prefixLength)) >>> 0);

export interface Subnet {
  readonly network: number;
  readonly broadcast: number;
  readonly prefixLength: number;
}

export function subnetOf(address: number, prefixLength: number): Subnet {
  const mask = netmask(prefixLength);
  const network = (address & mask) >>> 0;
  return { network, broadcast: (network | (~mask >>> 0)) >>> 0, prefixLength };
}

export const isInSubnet = (address: number, subnet: Subnet): boolean =>
  address >= subnet.network && address <= subnet.broadcast;

/** "192.168.77.1/24" in parts; undefined where it is not that. */
export function parseCidr(text: string): { address: string; prefixLength: number } | undefined {
  const [address = '', prefix = '', ...rest] = text.split('/');
  if (rest.length > 0 || parseIpv4(address) === undefined || !/^\d{1,2}$/.test(prefix)) return undefined;
  const prefixLength = Number(prefix);
  return prefixLength <= 32 ? { address, prefixLength } : undefined;
}
