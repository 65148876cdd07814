/** Bytes of an image as text that expressions of recipes may be run on, whoever made the image. Pure. */

/**
 * Valid UTF-8, else one character a byte: expressions are about ASCII, and no byte can make the decoder fail. Long runs of digits and
 * of white space are cut short: expressions that look for a version take a time that grows with the square of such a run, and no
 * version is that long.
 */
export function searchableText(bytes: Uint8Array): string {
  return decoded(bytes).replace(longRun, (run) => run.slice(0, LONGEST_RUN));
}

const LONGEST_RUN = 128;
const longRun = /[\d.]{128,}|\s{128,}/g;

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
