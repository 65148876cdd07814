/** The path and query of a request line (RFC 9112 section 3.2). Pure. */

export interface RequestTarget {
  /** Percent-decoded exactly once, with its leading slash, not normalised. */
  readonly path: string;
  readonly query: URLSearchParams;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Origin form (`/a/b?c`) and absolute form (`http://host/a/b?c`), whose host is not looked at: the station has one
 * site. Undefined for anything else and for an escape or bytes that are no UTF-8.
 */
export function parseRequestTarget(target: string): RequestTarget | undefined {
  const origin = /^http:\/\/[^/?#]*(.*)$/is.exec(target)?.[1] ?? target;
  const [rawPath = '', ...rest] = origin.split('?');
  const path = percentDecode(rawPath === '' && origin !== target ? '/' : rawPath);
  if (path === undefined || !path.startsWith('/')) return undefined;
  return { path, query: new URLSearchParams(rest.join('?')) };
}

/** Node gives the request line as Latin-1, one character a byte: clients that do not escape send raw UTF-8. */
function percentDecode(text: string): string | undefined {
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0xff) return undefined;
    if (code !== PERCENT) {
      bytes[length++] = code;
      continue;
    }
    const digits = text.slice(index + 1, index + 3);
    if (!/^[\da-f]{2}$/i.test(digits)) return undefined;
    bytes[length++] = Number.parseInt(digits, 16);
    index += 2;
  }
  try {
    return decoder.decode(bytes.subarray(0, length));
  } catch {
    return undefined;
  }
}

const PERCENT = '%'.charCodeAt(0);
