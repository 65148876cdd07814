import { expect, it } from 'vitest';
import type { EmitEvent } from '../../../../main/contract/events.ts';
import type { ForeignServer } from '../../../../main/contract/session.ts';
import { tellDhcpPresence } from '../../../../main/engine/net/dhcp-presence.ts';

const router: ForeignServer = { address: '192.168.1.1', kind: 'dhcp' };
const proxy: ForeignServer = { address: '192.168.1.2', kind: 'proxy' };

it('tells once when the server goes, and once when it is back', () => {
  const told: Parameters<EmitEvent>[0][] = [];
  const look = tellDhcpPresence('eth0', (event) => told.push(event));
  const toldAfter = (...servers: ForeignServer[]): (string | undefined)[] => {
    const before = told.length;
    look(servers);
    return told.slice(before).map((event) => ('code' in event ? `${event.type} ${event.code}` : undefined));
  };
  expect([
    toldAfter(router),
    toldAfter(router, proxy),
    // One that tells what to boot gives no addresses.
    toldAfter(proxy),
    toldAfter(),
    toldAfter(router),
    toldAfter(router),
    toldAfter(),
  ]).toEqual([
    [],
    [],
    ['engine.trouble E_NO_DHCP_SERVER'],
    [],
    ['engine.trouble-over E_NO_DHCP_SERVER'],
    [],
    ['engine.trouble E_NO_DHCP_SERVER'],
  ]);
  expect(told.slice(0, 2)).toMatchObject([
    { title: 'No DHCP server answers on eth0: machines there get no address.' },
    { title: 'A DHCP server answers on eth0 again.' },
  ]);
});
