/** Short codes by which a person tells waiting machines apart across a room. Pure. */

/** No two of these look alike on a bad display or in a loud room: no 0 O D Q, 1 I L, 2 Z, 5 S, 8 B G, U V. */
export const codeAlphabet = '34679ACEFHJKMNPRTWXY';

const SHORT = 3;
const LONG = 4;
/** With 3 characters there are 8,000 codes; when so many tries are taken, the session is crowded and gets 4. */
const SHORT_TRIES = 8;

/** The `attempt`th choice of a code for a machine: the same for the same machine, session and attempt. */
export function approvalCode(mac: string, sessionSalt: string, attempt: number): string {
  const length = attempt < SHORT_TRIES ? SHORT : LONG;
  let number = scatter(`${sessionSalt}/${attempt}/${mac}`);
  let code = '';
  for (let index = 0; index < length; index++) {
    code += codeAlphabet.charAt(number % codeAlphabet.length);
    number = Math.floor(number / codeAlphabet.length);
  }
  return code;
}

/** What a person typed as a code: case and spaces around it do not matter. */
export const typedCode = (text: string): string => text.trim().toUpperCase();

/** FNV-1a and the finaliser of MurmurHash3: MACs of one batch differ in their last digits only. */
function scatter(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
