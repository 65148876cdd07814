import type { ImageSignature } from '../contract/state.ts';

/** What a signature is worth, in a line. */
export function signatureLine({ state, file, of, by = 'a key without a name', key = '' }: ImageSignature): string {
  switch (state) {
    case 'good':
      return `${of} is signed by ${by} (${key}), whose key is in your keyring.`;
    case 'bad':
      return `The signature ${file} does not fit ${of}.`;
    case 'unknown-key':
      return `${file} was made with the key ${key}, which is not in your keyring: nothing is known of it.`;
    case 'weak':
      return `${of} is signed by ${by} (${key}), but that key has expired or was revoked.`;
    case 'unreadable':
      return `${file} is no signature that gpg understands.`;
    case 'not-checked':
      return `${file} was not checked: gpg is not installed here, or did not end.`;
    default:
      return state satisfies never;
  }
}
