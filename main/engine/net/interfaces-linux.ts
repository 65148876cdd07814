import { access, readFile, readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { LinkFacts } from './interfaces.ts';

const root = '/sys/class/net';

/** Links as sysfs tells them: cheap, no program is started, works in a network namespace. */
export async function linuxLinks(): Promise<LinkFacts[]> {
  const names = (await readdir(root)).filter((name) => name !== 'bonding_masters');
  const defaultRoutes = interfacesWithDefaultRoute(await readFile('/proc/net/route', 'utf8').catch(() => ''));
  return Promise.all(names.map((name) => link(name, defaultRoutes.has(name))));
}

async function link(name: string, defaultRoute: boolean): Promise<LinkFacts> {
  const attribute = (file: string): Promise<string> =>
    readFile(`${root}/${name}/${file}`, 'utf8').then(
      (text) => text.trim(),
      // Reading the speed or carrier of a link that is down fails with EINVAL.
      () => '',
    );
  const speed = Number(await attribute('speed'));
  const mtu = Number(await attribute('mtu'));
  const partOf = await readlink(`${root}/${name}/master`).then(basename, () => undefined);
  return {
    name,
    mac: await attribute('address'),
    kind: await kind(name),
    link: linkState(await attribute('operstate'), await attribute('carrier')),
    ...(speed > 0 ? { speedMbps: speed } : {}),
    ...(mtu > 0 ? { mtuBytes: mtu } : {}),
    defaultRoute,
    ...(partOf === undefined ? {} : { partOf }),
  };
}

async function kind(name: string): Promise<LinkFacts['kind']> {
  const ARPHRD_LOOPBACK = '772';
  const type = await readFile(`${root}/${name}/type`, 'utf8').catch(() => '');
  if (type.trim() === ARPHRD_LOOPBACK) return 'loopback';
  for (const sign of ['wireless', 'phy80211']) {
    const present = await access(`${root}/${name}/${sign}`).then(
      () => true,
      () => false,
    );
    if (present) return 'wireless';
  }
  const target = await readlink(`${root}/${name}`).catch(() => '');
  return target.includes('/virtual/') ? 'virtual' : 'wired';
}

/** Drivers that do not report operstate say "unknown" while they work (loopback, some tunnels): carrier decides. */
export function linkState(operstate: string, carrier: string): LinkFacts['link'] {
  if (operstate === 'up') return 'up';
  if (operstate === 'unknown' || operstate === '') return carrier === '1' ? 'up' : carrier === '0' ? 'down' : 'unknown';
  return 'down';
}

/** Pure: names of the interfaces that carry a default route, out of the text of /proc/net/route. */
export function interfacesWithDefaultRoute(table: string): Set<string> {
  return new Set(
    table
      .split('\n')
      .slice(1)
      .map((line) => line.split(/\s+/))
      .filter(([, destination, , , , , , mask]) => destination === '00000000' && mask === '00000000')
      .flatMap(([name]) => (name === undefined ? [] : [name])),
  );
}
