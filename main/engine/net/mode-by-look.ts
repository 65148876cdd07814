import { StationError } from '../../contract/errors.ts';
import type { NetworkInterface } from '../../contract/network.ts';
import type { ProbeResult, ServingMode } from '../../contract/session.ts';

export interface DecidedMode {
  readonly mode: ServingMode;
  /** Why, in a sentence. */
  readonly reason: string;
}

/** What a session that left its mode open does by who answered on its wire: its mode, or why it must not go on. Pure. */
export function modeByLook(
  { proposedMode, reason, servers }: ProbeResult,
  networkInterface: NetworkInterface,
  allowUnfit: boolean,
): DecidedMode | StationError {
  const { name } = networkInterface;
  const [first] = servers;
  if (proposedMode === 'proxy') return { mode: 'proxy', reason };
  // `none`: another that answers network boots, or one whose addresses lead nowhere near this station.
  if (proposedMode === 'none' && first !== undefined) {
    const { address, kind, vendor, offeredAddress } = servers.find((server) => server.kind === 'proxy') ?? first;
    return kind === 'proxy'
      ? new StationError('E_FOREIGN_DHCP', { name, address, kind, vendor })
      : new StationError('E_DHCP_OF_OTHER_NETWORK', { name, address, vendor, offeredAddress });
  }
  // Others use that network: that its server did not answer in time is no reason to become one.
  if (networkInterface.defaultRoute && !allowUnfit) {
    return new StationError('E_INTERFACE_UNFIT', {
      name,
      reason: networkInterface.reason ?? 'others use the network that it leads to',
    });
  }
  return { mode: 'dhcp', reason };
}
