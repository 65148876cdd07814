import type { NetworkInterface } from '../../contract/network.ts';

/** Whether a bench can be served on an interface, and in words why not, or what to know before. Pure. */
export function fitness(facts: Omit<NetworkInterface, 'fit' | 'reason'>): { fit: boolean; reason?: string } {
  if (facts.kind === 'loopback') return { fit: false, reason: 'it reaches only this computer' };
  if (facts.kind === 'wireless') {
    return { fit: false, reason: 'it is wireless, and machines cannot network-boot over Wi-Fi' };
  }
  if (facts.link === 'down') {
    return { fit: false, reason: 'it has no link: no cable, or the other end is switched off' };
  }
  if (facts.defaultRoute) {
    return {
      fit: false,
      reason: 'it carries the default route of this computer, so it leads to a network that others use',
    };
  }
  if (facts.partOf !== undefined) return { fit: false, reason: `it is a part of ${facts.partOf}, which is to be used` };
  if (!facts.addresses.some(({ family }) => family === 'IPv4')) {
    return { fit: true, reason: 'it has no IPv4 address yet; a session can give it one' };
  }
  if (facts.kind === 'virtual') {
    return { fit: true, reason: 'it is virtual: only machines behind the same bridge can be reached' };
  }
  if (facts.speedMbps !== undefined && facts.speedMbps < 1000) {
    return { fit: true, reason: `it runs at ${facts.speedMbps} Mbit/s; gigabit boots faster` };
  }
  return { fit: true };
}
