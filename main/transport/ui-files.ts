import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Only what the page itself brought may run or be shown; it may speak to nobody but its own server. */
const policy = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface UiFile {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A file of the built user interface, as a browser or the desktop shell is given it; anything else is 404. */
export async function readUiFile(folder: string, urlPath: string): Promise<UiFile> {
  const path = resolveInside(folder, urlPath);
  const contentType = path === undefined ? undefined : contentTypes[extname(path)];
  const body =
    path === undefined || contentType === undefined ? undefined : await readFile(path).catch(() => undefined);
  if (body === undefined || contentType === undefined) {
    return { status: 404, headers: { ...policy, 'Content-Type': 'text/plain' }, body: Buffer.from('Not found') };
  }
  // Vite puts a hash of the content into these names: they never change.
  const isHashed = /-[\w-]{8,}\.\w+$/.test(urlPath);
  const caching = isHashed ? 'public, max-age=31536000, immutable' : 'no-cache';
  return { status: 200, headers: { ...policy, 'Content-Type': contentType, 'Cache-Control': caching }, body };
}

function resolveInside(folder: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(decoded)) return undefined;
  const path = normalize(join(folder, decoded === '/' ? 'index.html' : decoded));
  return path.startsWith(folder + sep) ? path : undefined;
}
