import type { BootPlan } from '../boot/plan.ts';
import type { Endpoint } from './addressing.ts';
import type { ClientIdentity } from './client-identity.ts';
import type { DhcpRequest } from './message.ts';
import { dhcpOption, readOption } from './options.ts';
import type { Decision } from './policy.ts';
import { isHost, type StationNetwork } from './station-network.ts';
import { bootServerReply, type StationSettings } from './reply.ts';
import { bootData, UnsendableBootFile } from './reply-boot.ts';

/**
 * Port 4011, PXE boot server discovery (PXE 2.1 section 2.2.6). Our own offers send nobody there;
 * firmware that comes all the same gets its boot file instead of a wait and PXE-E16. Pure.
 */

/** Why this request is not answered there; undefined where it is. */
export function notForBootServer(
  request: DhcpRequest,
  client: ClientIdentity,
  source: Endpoint,
  policy: StationNetwork,
): string | undefined {
  if (request.message !== 'REQUEST' && request.message !== 'INFORM') return 'it does not ask for a boot server';
  if (client.vendorClass?.startsWith('PXEClient') !== true) return 'it is no PXE client';
  // The reply goes to where the request came from: never out of the bench.
  if (!isHost(source.address, policy)) return `${source.address} is not an address of this network`;
  return undefined;
}

export function decideBootServer(
  request: DhcpRequest,
  client: ClientIdentity,
  plan: BootPlan,
  station: StationSettings,
): Decision {
  const item = bootItem(request);
  if (item !== undefined && asksForSecurity(item)) {
    return { kind: 'silent', reason: 'it asks for a signed boot item, which is not offered' };
  }
  if (plan.kind === 'nothing') return { kind: 'silent', reason: `there is nothing for it to boot: ${plan.reason}` };
  try {
    const boot = bootData(client, request.packet.xid, plan, station.address);
    if (boot === undefined) return { kind: 'silent', reason: 'it does not boot from the network' };
    const packet = bootServerReply(request, boot, item, station);
    return { kind: 'reply', message: 'ACK', packet, delayMs: 0, bootFile: plan.bootFile, warning: undefined };
  } catch (error) {
    if (!(error instanceof UnsendableBootFile)) throw error;
    return { kind: 'silent', reason: `the boot file cannot be sent: ${error.message}` };
  }
}

const BOOT_ITEM = 71;
const BOOT_ITEM_BYTES = 4;
const END = 255;

/** Sub-option 71 of option 43: type and layer of the menu item that was chosen. */
function bootItem({ packet }: DhcpRequest): Uint8Array | undefined {
  const vendor = packet.options && readOption(packet.options, dhcpOption.vendorSpecific);
  if (vendor === undefined) return undefined;
  for (let offset = 0; offset + 1 < vendor.length && vendor[offset] !== END;) {
    const length = vendor[offset + 1] ?? 0;
    const value = vendor.subarray(offset + 2, offset + 2 + length);
    if (vendor[offset] === BOOT_ITEM && value.length === BOOT_ITEM_BYTES) return value;
    offset += vendor[offset] === 0 ? 1 : 2 + length;
  }
  return undefined;
}

/** High bit of the layer: the item's credentials are asked for. */
const asksForSecurity = (item: Uint8Array): boolean => ((item[2] ?? 0) & 0x80) !== 0;
