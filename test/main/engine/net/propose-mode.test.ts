import { expect, it } from 'vitest';
import type { ForeignServer } from '../../../../main/contract/session.ts';
import { proposeMode } from '../../../../main/engine/net/propose-mode.ts';

const own = [{ address: '10.0.0.9', prefixLength: 24 }];
const router: ForeignServer = { address: '10.0.0.1', kind: 'dhcp', vendor: 'AVM', offeredAddress: '10.0.0.77' };
const office: ForeignServer = { address: '172.16.0.1', kind: 'dhcp', offeredAddress: '172.16.0.50' };
const deployment: ForeignServer = { address: '10.0.0.2', kind: 'proxy' };

it.each<[string, readonly ForeignServer[], typeof own, 'dhcp' | 'proxy' | 'none', RegExp]>([
  ['a silent network', [], own, 'dhcp', /^No other DHCP server answered on eth0 in 3\.5 s/],
  [
    'a router',
    [router],
    own,
    'proxy',
    /^10\.0\.0\.1 \(AVM\) already hands out addresses on eth0, so this station only/,
  ],
  ['a router, before this computer has an address', [router], [], 'proxy', /^10\.0\.0\.1/],
  ['one that only told settings', [{ address: '10.0.0.1', kind: 'dhcp' }], own, 'proxy', /^10\.0\.0\.1/],
  ['a server of another network', [office], own, 'none', /another network \(172\.16\.0\.50\).*at 10\.0\.0\.9/],
  ['a router, and a server of another network', [office, router], own, 'proxy', /^10\.0\.0\.1 \(AVM\) already/],
  ['another that answers network boots', [deployment], own, 'none', /^10\.0\.0\.2 already answers network boots/],
  ['a router and another that answers network boots', [router, deployment], own, 'none', /^10\.0\.0\.2 already/],
])('%s', (_, servers, addresses, proposedMode, reason) => {
  expect(proposeMode({ interfaceName: 'eth0', addresses, servers, durationMs: 3500 })).toEqual({
    proposedMode,
    reason: expect.stringMatching(reason) as string,
  });
});
