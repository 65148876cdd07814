import { StationError, toStationError } from '../../contract/errors.ts';
import type { NetworkInterface } from '../../contract/network.ts';
import type { PreflightCheck, ServingMode } from '../../contract/session.ts';
import { defaultPool } from '../net/default-pool.ts';
import { parseCidr } from '../net/ipv4.ts';
import { parsePool, type ServingAddress, servingAddress } from '../net/serving-address.ts';
import { failed, failedBy, passed, warning } from './check-results.ts';
import type { PortFinding, PreflightDraft } from './facts.ts';

/** Checks of the wire and of this computer's place on it. Pure. */

export function linkCheck({ name, link, speedMbps }: NetworkInterface): PreflightCheck {
  if (link === 'down') return failedBy('link', new StationError('E_INTERFACE_DOWN', { name }), 'retry');
  if (link === 'unknown') return warning('link', `${name} does not say whether it has a link.`);
  const speed = speedMbps === undefined ? '' : ` at ${speedMbps} Mbit/s`;
  return passed('link', `${name} has a link${speed}.`);
}

/** The address to serve from once the session has started; undefined where there is none. */
export function plannedAddress(
  { address }: PreflightDraft,
  networkInterface: NetworkInterface,
): ServingAddress | undefined {
  if (address !== undefined) return usableCidr(address);
  try {
    return servingAddress({ ...networkInterface, link: 'up' }, { unfit: true, shared: true });
  } catch {
    return undefined;
  }
}

function usableCidr(text: string): ServingAddress | undefined {
  const parsed = parseCidr(text);
  return parsed === undefined || parsed.prefixLength > 30 ? undefined : parsed;
}

export function addressCheck(draft: PreflightDraft, networkInterface: NetworkInterface): PreflightCheck {
  const { name } = networkInterface;
  const planned = plannedAddress(draft, networkInterface);
  if (draft.address !== undefined && planned === undefined) {
    const problem = 'it is not an address with a prefix length of at most 30';
    return failedBy('address', new StationError('E_ADDRESS_INVALID', { value: draft.address, problem }));
  }
  if (planned === undefined) {
    return failedBy('address', new StationError('E_INTERFACE_NO_ADDRESS', { name }), 'assign-address');
  }
  const cidr = `${planned.address}/${planned.prefixLength}`;
  return passed(
    'address',
    draft.address === undefined ? `${name} has ${cidr}.` : `${name} is given ${cidr} for the session.`,
  );
}

export function fitCheck(
  draft: PreflightDraft,
  networkInterface: NetworkInterface,
  mode: ServingMode | undefined,
): PreflightCheck {
  const { name, kind, link, defaultRoute, addresses, reason } = networkInterface;
  const ipv4 = addresses.find(({ family }) => family === 'IPv4');
  // A network that others use may be served beside its own DHCP server.
  const unfit = kind === 'wireless' || kind === 'loopback' || (defaultRoute && mode !== 'proxy');
  if (!unfit && defaultRoute) {
    return passed('interface-fit', `${name} leads to a network that others use, whose DHCP server stays in charge.`);
  }
  if (!unfit) {
    // What keeps it from being fit otherwise, no link or no address, has a check of its own.
    const isOfItsOwn = link === 'down' || ipv4 === undefined || reason === undefined;
    return passed(
      'interface-fit',
      isOfItsOwn ? `${name} is ${kind} and leads to no other network.` : `${name}: ${reason}.`,
    );
  }
  const error = new StationError('E_INTERFACE_UNFIT', { name, reason: reason ?? kind });
  if (draft.override === true) return warning('interface-fit', error.title, { advice: error.advice });
  return failedBy('interface-fit', error);
}

export function portsCheck(ports: readonly PortFinding[]): PreflightCheck {
  const isWeb = ({ protocol }: PortFinding): boolean => protocol === 'TCP';
  const webPort = ports.filter(isWeb).find(({ error }) => error === undefined);
  const blocked = ports.find((finding) => finding.error !== undefined && (!isWeb(finding) || webPort === undefined));
  if (blocked?.error !== undefined) {
    return failed('ports', `${blocked.purpose}: ${blocked.error.title}`, {
      advice: blocked.error.advice,
      fix: 'retry',
    });
  }
  const second = ports.find((finding) => isWeb(finding) && finding.error !== undefined);
  if (second?.error !== undefined && webPort !== undefined) {
    return warning('ports', `${second.error.title} Port ${webPort.port} is used instead.`);
  }
  return passed('ports', 'The ports for DHCP, TFTP and HTTP are free.');
}

export function poolCheck(
  draft: PreflightDraft,
  networkInterface: NetworkInterface,
  mode: ServingMode | undefined,
): PreflightCheck {
  if (mode === 'proxy') return passed('pool', 'The other DHCP server hands them out.');
  const serving = plannedAddress(draft, networkInterface);
  if (serving === undefined) return warning('pool', 'It is chosen once there is an address.');
  if (draft.pool === undefined || draft.pool.trim() === '') {
    const { first, last } = defaultPool(serving);
    return passed('pool', `Machines get addresses from ${first} to ${last}.`);
  }
  try {
    const { first, last } = parsePool(draft.pool, serving);
    return passed('pool', `Machines get addresses from ${first} to ${last}.`);
  } catch (error) {
    return failedBy('pool', toStationError(error));
  }
}
