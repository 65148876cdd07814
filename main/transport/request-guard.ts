import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may be answered at all. Its `Host` must be this server's own (a name that was pointed at 127.0.0.1 is an attack: DNS
 * rebinding), and where a browser says its `Origin`, that must be this server too.
 */
export function isOwnRequest(request: Pick<IncomingMessage, 'headers'>, hosts: ReadonlySet<string>): boolean {
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.has(host.toLowerCase())) return false;
  if (origin === undefined) return true;
  return [...hosts].some((own) => origin.toLowerCase() === `http://${own}`);
}

/** The names a server on this address may be called by. */
export function ownHosts(address: string, port: number): Set<string> {
  const names = address === '127.0.0.1' ? ['127.0.0.1', 'localhost'] : [address];
  return new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
}
