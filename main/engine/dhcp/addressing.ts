import type { DhcpMessage } from '../../contract/events.ts';
import { type DhcpRequest } from './message.ts';
import { NO_ADDRESS } from './packet.ts';

/** Where a reply goes (RFC 2131 section 4.1). Pure. */

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface DhcpPorts {
  readonly server: number;
  readonly client: number;
  /** Port 4011 of PXE boot servers; none where absent. */
  readonly bootServer?: number | undefined;
}

/** Never the subnet's broadcast: OVMF does not hear it. */
const LIMITED_BROADCAST = '255.255.255.255';

/**
 * A client without an address gets its reply by broadcast also where it asked for unicast: that takes an ARP entry that
 * an ordinary socket cannot make, and RFC 2131 allows it.
 */
export function replyDestination(
  request: Pick<DhcpRequest, 'packet' | 'clientAddress'>,
  message: DhcpMessage,
  source: Endpoint,
  ports: DhcpPorts,
): Endpoint {
  const { giaddr } = request.packet;
  if (giaddr !== NO_ADDRESS) return { address: giaddr, port: ports.server };
  if (message === 'NAK' || request.clientAddress === undefined) {
    return { address: LIMITED_BROADCAST, port: ports.client };
  }
  // dhcping and some provisioning tools ask from another port than 68.
  const isFromThere = source.address === request.clientAddress;
  return { address: request.clientAddress, port: isFromThere ? source.port : ports.client };
}
