/**
 * Which UUIDs and serial numbers tell one machine from another. Many boards leave the factory with the text of the firmware's sample
 * file: such a value is the same in a whole batch, and must never be gone by. Pure.
 */

/** The UUID in its usual form, lower case; undefined where it is none, or one that many machines have. */
export function realUuid(text: string | undefined): string | undefined {
  const digits = (text ?? '').toLowerCase().replace(/^\{|\}$/g, '');
  const isForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(digits) || /^[0-9a-f]{32}$/.test(digits);
  if (!isForm) return undefined;
  const hex = digits.replaceAll('-', '');
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return isPlaceholderUuid(uuid) ? undefined : uuid;
}

/**
 * The UUID as a key: the same for both byte orders. SMBIOS before 2.6 had its first three fields big-endian, later ones and option 97
 * have them little-endian, and firmware and loaders of one machine may not agree on which they print.
 */
export function uuidKey(uuid: string): string {
  const swapped = swapUuid(uuid);
  return uuid < swapped ? uuid : swapped;
}

function swapUuid(uuid: string): string {
  const [low = '', middle = '', high = '', ...rest] = uuid.split('-');
  const swap = (hex: string): string => (hex.match(/../g) ?? []).toReversed().join('');
  return [swap(low), swap(middle), swap(high), ...rest].join('-');
}

/** The serial number without the spaces around it; undefined where it is empty or one that many machines have. */
export function realSerial(text: string | undefined): string | undefined {
  const serial = (text ?? '').trim();
  return isPlaceholderSerial(serial) ? undefined : serial;
}

/**
 * Compared by letters and digits: labels and firmware differ in case, and GRUB cannot put other characters into what it asks for.
 */
export const serialKey = (serial: string): string => serial.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const placeholderUuids: ReadonlySet<string> = new Set(
  [
    '03000200-0400-0500-0006-000700080009',
    '00010203-0405-0607-0809-0a0b0c0d0e0f',
    '12345678-1234-5678-90ab-cddeefaabbcc',
    '12345678-1234-1234-1234-123456789012',
    '12345678-1234-1234-1234-123456789abc',
    '11111111-2222-3333-4444-555555555555',
    'ffffff00-ffff-ffff-ffff-ffffffffffff',
    // A Dell board whose service tag was never written: "DELL" and blanks.
    '4c4c4544-0000-2010-8020-80c04f202020',
  ].map(uuidKey),
);

function isPlaceholderUuid(uuid: string): boolean {
  const hex = uuid.replaceAll('-', '');
  const bytes = new Set(hex.match(/../g));
  return bytes.size === 1 || new Set(hex).size === 1 || placeholderUuids.has(uuidKey(uuid));
}

/** Letters and digits only: dots, spaces and case differ from board to board. */
const placeholderSerials: ReadonlySet<string> = new Set([
  'tobefilledbyoem',
  'tobefilledbyoemserialnumber',
  'filledbyoem',
  'oem',
  'oemserial',
  'defaultstring',
  'default',
  'systemserialnumber',
  'chassisserialnumber',
  'baseboardserialnumber',
  'serialnumber',
  'serial',
  'sernum',
  'systemserial',
  'notspecified',
  'notapplicable',
  'notavailable',
  'notset',
  'notprovided',
  'nodata',
  'none',
  'null',
  'na',
  'unknown',
  'undefined',
  'unspecified',
  'invalid',
  'empty',
  'blank',
  'standard',
  'sample',
  'test',
  'eval',
  'asserial',
  'abcdefg',
  'bsn12345678901234567',
]);

function isPlaceholderSerial(serial: string): boolean {
  const plain = serial.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (plain === '' || placeholderSerials.has(plain)) return true;
  if (new Set(plain).size === 1) return true;
  return plain.length >= 6 && ['01234567890123456789', '98765432109876543210'].some((run) => run.includes(plain));
}
