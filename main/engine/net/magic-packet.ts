/** Wake-on-LAN: what wakes a sleeping machine up. Pure. */

export class InvalidSecureOn extends Error {}

/** Six bytes of ones and the adapter's address sixteen times, then the SecureOn password where its firmware wants one. */
export function magicPacket(mac: string, password: Uint8Array = new Uint8Array(0)): Uint8Array {
  const address = Uint8Array.from(mac.split(':'), (digits) => Number.parseInt(digits, 16));
  return Uint8Array.from([
    ...Array.from({ length: 6 }, () => 0xff),
    ...Array.from({ length: 16 }, () => [...address]).flat(),
    ...password,
  ]);
}

/** A SecureOn password as firmware set-ups show it: six bytes like a MAC, or four like an IPv4 address. Throws InvalidSecureOn. */
export function secureOnPassword(text: string): Uint8Array {
  if (/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)) {
    return Uint8Array.from(text.split(/[:-]/), (digits) => Number.parseInt(digits, 16));
  }
  const numbers = text.split('.');
  if (numbers.length === 4 && numbers.every((number) => /^\d{1,3}$/.test(number) && Number(number) < 256)) {
    return Uint8Array.from(numbers, Number);
  }
  throw new InvalidSecureOn('it is written like 00:11:22:33:44:55 or 1.2.3.4');
}
