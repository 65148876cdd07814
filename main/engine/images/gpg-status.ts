/** What gpg says of a signature on its status line (doc/DETAILS of GnuPG). Pure. */

export interface SignatureVerdict {
  /**
   * `unknown-key`: the key is not in this user's keyring, so nothing is known. `weak`: made with a key that has expired or was revoked, or
   * the signature itself has expired.
   */
  readonly state: 'good' | 'bad' | 'unknown-key' | 'weak' | 'unreadable';
  /** Who made it, as the key says. */
  readonly by?: string | undefined;
  /** Fingerprint of the key, or the id where that is all that is known. */
  readonly key?: string | undefined;
}

const LONGEST_NAME = 200;

export function readGpgStatus(status: string): SignatureVerdict {
  const lines = status.split('\n').flatMap((line) => {
    const [, keyword = '', rest = ''] = /^\[GNUPG:\] (\S+) ?(.*)$/.exec(line) ?? [];
    return keyword === '' ? [] : [{ keyword, words: rest.split(' '), rest }];
  });
  const find = (...keywords: string[]) => lines.find(({ keyword }) => keywords.includes(keyword));
  const named = (line: ReturnType<typeof find>): Pick<SignatureVerdict, 'by' | 'key'> => {
    const fingerprint = find('VALIDSIG')?.words[0];
    const name = line?.rest.replace(/^\S+ ?/, '').replace(/\p{Cc}/gu, '').slice(0, LONGEST_NAME); // prettier-ignore
    return { ...(name === undefined || name === '' ? {} : { by: name }), key: fingerprint ?? line?.words[0] };
  };
  // One signature that does not fit is enough, whatever the others say.
  const bad = find('BADSIG');
  if (bad !== undefined) return { state: 'bad', ...named(bad) };
  const good = find('GOODSIG');
  if (good !== undefined && find('VALIDSIG') !== undefined) return { state: 'good', ...named(good) };
  const weak = find('EXPKEYSIG', 'EXPSIG', 'REVKEYSIG');
  if (weak !== undefined) return { state: 'weak', ...named(weak) };
  const unknown = find('NO_PUBKEY') ?? find('ERRSIG');
  return unknown === undefined ? { state: 'unreadable' } : { state: 'unknown-key', key: unknown.words[0] };
}
