import { describe, expect, it } from 'vitest';
import { interfacesWithDefaultRoute, linkState } from '../../../../main/engine/net/interfaces-linux.ts';

describe('linkState', () => {
  it.each([
    ['up', '1', 'up'],
    ['down', '0', 'down'],
    ['lowerlayerdown', '', 'down'],
    ['dormant', '1', 'down'],
    ['unknown', '1', 'up'],
    ['unknown', '0', 'down'],
    ['unknown', '', 'unknown'],
    ['', '', 'unknown'],
  ])('operstate %j and carrier %j mean %s', (operstate, carrier, state) => {
    expect(linkState(operstate, carrier)).toBe(state);
  });
});

describe('interfacesWithDefaultRoute', () => {
  it('finds the default route and not a route that merely starts at 0.0.0.0', () => {
    const table = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'eth1\t004DA8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
      'tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0',
      '',
    ].join('\n');
    expect(interfacesWithDefaultRoute(table)).toEqual(new Set(['eth0']));
  });
});
