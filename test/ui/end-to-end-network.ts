import type { NetworkNamespace } from '../testbed/namespace.ts';

interface Link {
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly addr_info: readonly { family: string; scope: string; local: string; prefixlen: number }[];
}

/** What a session must leave as it found it. Link-local IPv6 is left out: it comes and goes with a machine's cable. */
export interface NetworkState {
  readonly addresses: readonly string[];
  readonly flags: readonly string[];
  readonly routes: readonly string[];
}

export async function networkOf(namespace: NetworkNamespace): Promise<NetworkState> {
  const links = JSON.parse(await namespace.check(['ip', '-j', 'addr'])) as readonly Link[];
  const routes = JSON.parse(await namespace.check(['ip', '-j', 'route'])) as readonly Record<string, unknown>[];
  return {
    addresses: links
      .flatMap(({ ifname, addr_info }) =>
        addr_info
          .filter(({ scope }) => scope !== 'link')
          .map(({ local, prefixlen }) => `${ifname} ${local}/${prefixlen}`),
      )
      .toSorted(),
    // A tap's carrier is its machine's.
    flags: links
      .filter(({ ifname }) => !ifname.startsWith('tap'))
      .map(({ ifname, flags }) => `${ifname} ${flags.join()}`),
    routes: routes.map((route) => JSON.stringify(route)).toSorted(),
  };
}
