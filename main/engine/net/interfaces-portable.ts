import type { LinkFacts } from './interfaces.ts';

/** Links on macOS and Windows, by the system's own tools through systeminformation. */
export async function portableLinks(): Promise<LinkFacts[]> {
  const { networkInterfaces } = await import('systeminformation');
  const found = await networkInterfaces();
  return (Array.isArray(found) ? found : [found]).map((link) => ({
    name: link.iface,
    mac: link.mac.toLowerCase(),
    kind: kind(link),
    link: link.operstate === 'up' ? 'up' : link.operstate === 'down' ? 'down' : 'unknown',
    ...(link.speed !== null && link.speed > 0 ? { speedMbps: Math.round(link.speed) } : {}),
    defaultRoute: link.default,
  }));
}

function kind(link: { internal: boolean; virtual: boolean; type: string }): LinkFacts['kind'] {
  if (link.internal) return 'loopback';
  if (link.type === 'wireless') return 'wireless';
  return link.virtual ? 'virtual' : 'wired';
}
