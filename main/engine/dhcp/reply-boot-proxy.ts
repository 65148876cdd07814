import type { BootPlan } from '../boot/plan.ts';
import type { ClientIdentity } from './client-identity.ts';
import { type BootData, bootData } from './reply-boot.ts';

/** The boot part of a ProxyDHCP reply. Pure. */

/** PXE discovery control (sub-option 6): no broadcast, no multicast, the boot file is here already. */
const TAKE_THE_FILE = Uint8Array.of(6, 1, 0b1000, 255);

/**
 * A proxy's reply counts only with its vendor class. Without option 43 UEFI asks for the same again at port 4011 (EDK2's class
 * "BINL"), which firmware of every make does; with "take the file" (EDK2's class "PXE 1.0") some of it ignores the reply. ROMs of a
 * BIOS, and iPXE, are told to take it: they need no second question, and some never ask it.
 */
export function proxyBootData(
  client: Pick<ClientIdentity, 'bootClient' | 'firmware'>,
  transactionId: number,
  plan: BootPlan,
  stationAddress: string,
  bootServer: boolean,
): BootData | undefined {
  const boot = bootData(client, transactionId, plan, stationAddress);
  if (boot === undefined) return undefined;
  const isAsking = client.bootClient === 'pxe' && client.firmware.startsWith('uefi-') && bootServer;
  const takesFile = (client.bootClient === 'pxe' && !isAsking) || client.bootClient === 'ipxe';
  return {
    ...boot,
    // iPXE's "no proxy will follow" is for those who give addresses.
    etherboot: undefined,
    vendorClass: boot.vendorClass ?? 'PXEClient',
    vendorSpecific: boot.vendorSpecific ?? (takesFile ? TAKE_THE_FILE : undefined),
  };
}
