/** What a variable may hold. Values come from machines, spreadsheets and people: each is checked before it is written anywhere. */

const types = {
  text: { pattern: /^[^\p{Cc}]*$/u, words: 'text of one line' },
  hostname: {
    // RFC 1123, 2.1
    pattern: /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i,
    words: 'a host name (letters, digits and hyphens)',
  },
  // What SMBIOS tables of machines hold; nothing that a shell or a parser reads anything into.
  serial: { pattern: /^[\w .:/+-]{1,64}$/, words: 'a serial number (letters, digits and . : / + -)' },
  mac: { pattern: /^([0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$/i, words: 'a MAC address' },
  uuid: { pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, words: 'a UUID' },
  ipv4: { pattern: /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?=\d)|$)){4}$/, words: 'an IPv4 address' },
  url: { pattern: /^https?:\/\/[\w.:%/~-]+$/, words: 'a URL' },
  integer: { pattern: /^(0|-?[1-9]\d{0,14})$/, words: 'a whole number' },
  boolean: { pattern: /^(true|false)$/, words: 'true or false' },
} as const;

export type VariableType = keyof typeof types;

export const isVariableType = (word: string): word is VariableType => Object.hasOwn(types, word);

/** Why a text is no value of the type; undefined where it is one. */
export function typeProblem(text: string, type: VariableType): string | undefined {
  return types[type].pattern.test(text) ? undefined : `is not ${types[type].words}`;
}

/** Types whose values stand without quotation marks where a format knows numbers and truth values. */
export const isBare = (type: VariableType): boolean => type === 'integer' || type === 'boolean';
