/**
 * Content types by file name. Pure.
 *
 * UEFI HTTP Boot compares the whole value: `application/efi; charset=utf-8` is no boot file to it (EDK II
 * HttpBootSupport.c). So nothing that firmware boots has a parameter.
 */

const OCTETS = 'application/octet-stream';
const TEXT = 'text/plain; charset=utf-8';

const typesByExtension: Readonly<Record<string, string>> = {
  efi: 'application/efi',
  iso: 'application/vnd.efi-iso',
  img: 'application/vnd.efi-img',

  ipxe: TEXT,
  cfg: TEXT,
  conf: TEXT,
  txt: TEXT,
  md: TEXT,
  preseed: TEXT,
  ks: TEXT,
  log: TEXT,
  sha256: TEXT,
  sha512: TEXT,
  yaml: 'application/yaml',
  yml: 'application/yaml',
  json: 'application/json',
  xml: 'application/xml',
  htm: 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
  gz: 'application/gzip',
  tgz: 'application/gzip',
  xz: 'application/x-xz',
  bz2: 'application/x-bzip2',
  zst: 'application/zstd',
  zip: 'application/zip',
  deb: 'application/vnd.debian.binary-package',
  rpm: 'application/x-rpm',
};

/** The type of a path by its last extension, whatever its case; octets where nothing is known of it. */
export function contentTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  // Own properties only: a file called "x.constructor" must not find Object's.
  const extension = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  return Object.hasOwn(typesByExtension, extension) ? (typesByExtension[extension] ?? OCTETS) : OCTETS;
}
