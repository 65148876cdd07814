import type { NetworkInterface } from '../../main/contract/network.ts';
import { canBeChosen } from '../store/wizard-draft.ts';

const linkOrder = { up: 0, unknown: 1, down: 2 };
const kindOrder = { wired: 0, wireless: 1, virtual: 2, loopback: 3 };

/** Those that can be used first, a network that others use after them, linked before unlinked, physical before virtual; an interface does not move while it stays as it is. */
export function inOrder(interfaces: readonly NetworkInterface[]): NetworkInterface[] {
  const rank = (one: NetworkInterface): number => {
    const { link, kind, defaultRoute } = one;
    return (canBeChosen(one) ? 0 : 1000) + linkOrder[link] * 100 + kindOrder[kind] * 10 + (defaultRoute ? 500 : 0);
  };
  return interfaces.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The address a bench would be served from. */
export function ipv4Of({ addresses }: NetworkInterface): { address: string; prefixLength: number } | undefined {
  return addresses.find(({ family }) => family === 'IPv4');
}
