import { networkInterfaces } from 'node:os';
import type { NetworkInterface } from '../../contract/network.ts';
import { StationError } from '../../contract/errors.ts';
import { fitness } from './fitness.ts';
import { linuxLinks } from './interfaces-linux.ts';
import { portableLinks } from './interfaces-portable.ts';

/** What the system says of a link; addresses come from Node, which has them on every system. */
export type LinkFacts = Pick<
  NetworkInterface,
  'name' | 'mac' | 'kind' | 'link' | 'speedMbps' | 'mtuBytes' | 'defaultRoute' | 'partOf'
>;

const order: readonly NetworkInterface['kind'][] = ['wired', 'virtual', 'wireless', 'loopback'];

/** Every interface of this computer, those that are fit first, then wired ones, then by name. */
export async function listInterfaces(): Promise<NetworkInterface[]> {
  const links = process.platform === 'linux' ? await linuxLinks() : await portableLinks();
  const addresses = networkInterfaces();
  return links
    .map((link): NetworkInterface => {
      const facts = {
        ...link,
        addresses: (addresses[link.name] ?? []).map(({ address, family, cidr }) => ({
          address,
          family,
          prefixLength: Number(cidr?.split('/')[1] ?? (family === 'IPv4' ? 32 : 128)),
        })),
      };
      return { ...facts, ...fitness(facts) };
    })
    .sort(
      (a, b) =>
        Number(b.fit) - Number(a.fit) ||
        order.indexOf(a.kind) - order.indexOf(b.kind) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
}

/** The interface of that name. Error: E_INTERFACE_NOT_FOUND, naming those there are. */
export async function findInterface(name: string): Promise<NetworkInterface> {
  const interfaces = await listInterfaces();
  const found = interfaces.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new StationError('E_INTERFACE_NOT_FOUND', { name, known: interfaces.map((known) => known.name) });
  }
  return found;
}
