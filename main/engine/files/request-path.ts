/** Longest name a client may ask for; firmware has 128 bytes for it, boot menus some more. */
const MAX_REQUEST_PATH_LENGTH = 512;

// C0, DEL and C1: no boot file has them, and in a log or on a terminal they are commands.
// oxlint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;

// Two leading separators with a backslash among them name another computer on Windows. `//a` alone is a sloppy `/a`
// that firmware does send.
const uncPrefix = /^(?:\\[\\/]|\/\\)/;

const driveLetter = /^[a-z]:/i;

// Windows drops trailing dots and blanks of a name, so `.. ` and `...` would reach a parent folder there.
const onlyDotsAndBlanks = /^[. ]+$/;

/**
 * The path that a client means by what it wrote: `/`-separated and relative, with no empty, `.` or `..` segment;
 * the empty string for the top folder. `undefined` is a refusal: an attempt to leave the tree, or a name that no
 * file can have.
 *
 * Nothing is percent-decoded: TFTP names are plain, and HTTP decodes once before it calls.
 */
export function normalizeRequestPath(raw: string): string | undefined {
  if (raw.length > MAX_REQUEST_PATH_LENGTH || controlCharacter.test(raw) || uncPrefix.test(raw)) return undefined;
  const segments = raw
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  if (segments.some((segment) => driveLetter.test(segment) || onlyDotsAndBlanks.test(segment))) return undefined;
  return segments.join('/');
}
