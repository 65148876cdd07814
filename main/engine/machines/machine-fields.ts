import { realSerial, realUuid } from '../clients/smbios-identity.ts';
import { parseIpv4 } from '../net/ipv4.ts';

/** Cells of a machine list as values. An empty cell is none; one that is wrong throws InvalidCell, whose message says why. Pure. */

export class InvalidCell extends Error {}

const shown = (cell: string): string => `"${cell.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 40)}"`;

const MOST_MACS = 16;

/** One or more MACs in any of the usual forms, separated by spaces, `,`, `;`, `|` or `/`. */
export function readMacs(cell: string): string[] {
  const words = cell.split(/[\s,;|/]+/).filter((word) => word !== '');
  if (words.length > MOST_MACS) throw new InvalidCell(`it has more than ${MOST_MACS} MAC addresses`);
  // Words that are no address at all are told as they were written together.
  if (words.length > 1 && words.every((word) => macOf(word) === undefined)) throw notMac(cell);
  return [...new Set(words.map(readMac))];
}

const notMac = (text: string): InvalidCell => new InvalidCell(`${shown(text)} is not a MAC address`);

/** Undefined where it is not written as one. */
function macOf(word: string): string | undefined {
  const hex = word.toLowerCase();
  const isForm =
    /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}$/.test(hex) ||
    /^[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}$/.test(hex) ||
    /^[0-9a-f]{12}$/.test(hex);
  return isForm ? (hex.replace(/[^0-9a-f]/g, '').match(/../g) ?? []).join(':') : undefined;
}

function readMac(word: string): string {
  const mac = macOf(word);
  if (mac === undefined) throw notMac(word);
  // The lowest bit of the first byte: a group, never one adapter.
  if ((Number.parseInt(mac.slice(0, 2), 16) & 1) === 1) throw new InvalidCell(`${mac} is the address of a group`);
  if (/^(00:){5}00$/.test(mac)) throw new InvalidCell(`${mac} is nobody's address`);
  return mac;
}

/** Undefined too for one that many machines have: it cannot be gone by. */
export function readSerial(cell: string): string | undefined {
  if (cell.length > 128) throw new InvalidCell('its serial number is longer than 128 characters');
  if (/[\p{Cc}\p{Cf}]/u.test(cell)) throw new InvalidCell(`its serial number ${shown(cell)} has control characters`);
  return realSerial(cell);
}

export function readUuid(cell: string): string | undefined {
  if (cell === '') return undefined;
  if (cell.replace(/[^0-9a-f]/gi, '').length !== 32) throw new InvalidCell(`${shown(cell)} is not a UUID`);
  return realUuid(cell);
}

/** An IPv4 address of one machine; whether it is of the bench's subnet is known only where it is used. */
export function readAddress(cell: string): string | undefined {
  if (cell === '') return undefined;
  const address = cell.replace(/\/\d{1,2}$/, '');
  const number = parseIpv4(address);
  if (number === undefined) throw new InvalidCell(`${shown(cell)} is not an IPv4 address`);
  const first = Math.floor(number / 2 ** 24);
  if (first === 0 || first === 127 || first >= 224) throw new InvalidCell(`${address} is no machine's address`);
  return address;
}

export function readName(cell: string): string | undefined {
  const name = cell.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  if (name.length > 100) throw new InvalidCell('its name is longer than 100 characters');
  return name === '' ? undefined : name;
}

/** RFC 1123 section 2.1; only the first label where a domain follows. */
export const hostNamePattern = /^(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

export function readHostName(cell: string): string | undefined {
  if (cell === '') return undefined;
  const [label = ''] = cell.split('.');
  if (!hostNamePattern.test(label)) {
    throw new InvalidCell(`${shown(cell)} is not a host name (letters, digits and hyphens, at most 63)`);
  }
  return label;
}
