import type { ForeignServer, ProbeResult } from '../../contract/session.ts';
import { isInSubnet, parseIpv4, subnetOf } from './ipv4.ts';
import type { ServingAddress } from './serving-address.ts';

export interface ProbeFindings {
  readonly interfaceName: string;
  /** This computer's on that interface; empty where it has none yet. */
  readonly addresses: readonly ServingAddress[];
  readonly servers: readonly ForeignServer[];
  readonly durationMs: number;
}

/** What follows for a session from who answers DHCP on its wire, in a sentence. Pure. */
export function proposeMode(findings: ProbeFindings): Pick<ProbeResult, 'proposedMode' | 'reason'> {
  const { interfaceName, addresses, servers, durationMs } = findings;
  const dhcp = servers.filter(({ kind }) => kind === 'dhcp');
  const proxy = servers.filter(({ kind }) => kind === 'proxy');
  if (dhcp.length === 0 && proxy.length === 0) {
    const seconds = (durationMs / 1000).toFixed(1);
    const reason = `No other DHCP server answered on ${interfaceName} in ${seconds} s, so this station hands out the addresses.`;
    return { proposedMode: 'dhcp', reason };
  }
  if (proxy.length > 0) {
    const reason = `${named(proxy)} already answers network boots on ${interfaceName}: machines would boot what it says.`;
    return { proposedMode: 'none', reason };
  }
  const reachable = dhcp.filter((server) => canReach(server, addresses));
  const [elsewhere] = dhcp;
  if (reachable.length === 0 && elsewhere !== undefined) {
    const own = addresses.map(({ address }) => address).join(', ');
    const reason = `${named(dhcp)} already hands out addresses on ${interfaceName}, but of another network (${elsewhere.offeredAddress}): machines that have one cannot reach this station at ${own}.`;
    return { proposedMode: 'none', reason };
  }
  const reason = `${named(reachable)} already hands out addresses on ${interfaceName}, so this station only tells machines what to boot (ProxyDHCP).`;
  return { proposedMode: 'proxy', reason };
}

/** Where nothing is known of the addresses, of either side, nothing speaks against it. */
function canReach({ offeredAddress }: ForeignServer, addresses: readonly ServingAddress[]): boolean {
  const offered = offeredAddress === undefined ? undefined : parseIpv4(offeredAddress);
  if (offered === undefined || addresses.length === 0) return true;
  return addresses.some(({ address, prefixLength }) =>
    isInSubnet(offered, subnetOf(parseIpv4(address) ?? 0, prefixLength)),
  );
}

const named = (servers: readonly ForeignServer[]): string =>
  servers.map(({ address, vendor }) => (vendor === undefined ? address : `${address} (${vendor})`)).join(', ');
