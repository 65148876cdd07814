import { expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import type { NetworkInterface } from '../../../../main/contract/network.ts';
import type { ProbeResult } from '../../../../main/contract/session.ts';
import { modeByLook } from '../../../../main/engine/net/mode-by-look.ts';

const bench: NetworkInterface = {
  name: 'eth0',
  mac: '52:54:00:00:00:01',
  kind: 'wired',
  link: 'up',
  addresses: [{ address: '192.168.1.20', prefixLength: 24, family: 'IPv4' }],
  defaultRoute: false,
  fit: true,
};
const office: NetworkInterface = { ...bench, defaultRoute: true, fit: false, reason: 'it leads to others' };
const silent: ProbeResult = {
  interfaceName: 'eth0',
  servers: [],
  durationMs: 4000,
  proposedMode: 'dhcp',
  reason: 'Nobody.',
};
const router: ProbeResult = {
  ...silent,
  servers: [{ address: '192.168.1.1', kind: 'dhcp' }],
  proposedMode: 'proxy',
  reason: 'A router.',
};
const elsewhere: ProbeResult = { ...router, proposedMode: 'none', reason: 'Another network.' };
const deployment: ProbeResult = {
  ...elsewhere,
  servers: [...router.servers, { address: '192.168.1.9', kind: 'proxy' }],
};

it.each<[string, ProbeResult, NetworkInterface, boolean, string]>([
  ['a silent bench', silent, bench, false, 'dhcp: Nobody.'],
  ['a router on a bench', router, bench, false, 'proxy: A router.'],
  ['a router of a network that others use', router, office, false, 'proxy: A router.'],
  ['a silent network that others use', silent, office, false, 'E_INTERFACE_UNFIT'],
  ['a silent network that others use, meant', silent, office, true, 'dhcp: Nobody.'],
  ['a server of another network', elsewhere, bench, false, 'E_DHCP_OF_OTHER_NETWORK 192.168.1.1'],
  [
    'a server of another network, though an unfit interface is meant',
    elsewhere,
    bench,
    true,
    'E_DHCP_OF_OTHER_NETWORK 192.168.1.1',
  ],
  ['somebody else who answers network boots', deployment, bench, false, 'E_FOREIGN_DHCP 192.168.1.9'],
])('%s', (_, look, networkInterface, allowUnfit, expected) => {
  const decision = modeByLook(look, networkInterface, allowUnfit);
  const address = decision instanceof StationError ? (decision.data as { address?: string }).address : undefined;
  expect(
    decision instanceof StationError
      ? [decision.code, address].filter((part) => part !== undefined).join(' ')
      : `${decision.mode}: ${decision.reason}`,
  ).toBe(expected);
});
