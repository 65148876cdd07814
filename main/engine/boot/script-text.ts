/**
 * Text out of images (titles, paths, kernel arguments) is hostile: it must not be able to start a new line or command
 * in a generated script.
 */

/** One line, no control characters, at most `maxLength` characters. */
export function plainLine(text: string, maxLength = 200): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}

/** The path as it stands in a URL: every segment percent-encoded, slashes kept. */
export function urlPath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percentEncode))
    .join('/');
}

const percentEncode = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
