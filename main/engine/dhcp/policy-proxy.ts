import type { BootPlan } from '../boot/plan.ts';
import type { ClientIdentity } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import type { Decision } from './policy.ts';
import { proxyReply, type StationSettings } from './reply.ts';
import { UnsendableBootFile } from './reply-boot.ts';
import { proxyBootData } from './reply-boot-proxy.ts';
import { isHost, type StationNetwork } from './station-network.ts';

/**
 * ProxyDHCP (PXE 2.1 section 2.2.3): boot data beside the addresses of another server, whose clients are never given,
 * confirmed or refused anything. Pure.
 */

/** Why this request gets no boot data; undefined where the plan is to be asked. */
export function notForProxy(request: DhcpRequest, client: ClientIdentity, station: StationNetwork): string | undefined {
  const { state, clientAddress, serverIdentifier } = request;
  if (client.bootClient === 'none') return 'it does not boot from the network; its address is the other server’s';
  switch (state) {
    case 'DISCOVER':
      return undefined;
    case 'SELECTING':
      return serverIdentifier === station.address ? undefined : `it takes its address from ${serverIdentifier}`;
    case 'INFORM':
      if (clientAddress === undefined) return 'it asks for settings without an address';
      return isHost(clientAddress, station) ? undefined : `${clientAddress} is not an address of this network`;
    case 'BOOTP':
      return 'it asks for an address by BOOTP, which is the other server’s';
    default:
      return 'its address is the other server’s';
  }
}

/** `bootServer`: whether port 4011 is answered here. */
export function decideProxy(
  request: DhcpRequest,
  client: ClientIdentity,
  plan: BootPlan,
  station: StationSettings,
  bootServer: boolean,
): Decision {
  if (plan.kind === 'nothing') return { kind: 'silent', reason: `there is nothing for it to boot: ${plan.reason}` };
  try {
    const boot = proxyBootData(client, request.packet.xid, plan, station.address, bootServer);
    if (boot === undefined) return { kind: 'silent', reason: 'it does not boot from the network' };
    const message = request.state === 'DISCOVER' ? 'OFFER' : 'ACK';
    const packet = proxyReply(message, request, boot, station);
    const { delayMs = 0 } = boot;
    return { kind: 'reply', message, packet, delayMs, bootFile: plan.bootFile, warning: undefined };
  } catch (error) {
    if (!(error instanceof UnsendableBootFile)) throw error;
    return { kind: 'silent', reason: `the boot file cannot be sent: ${error.message}` };
  }
}
