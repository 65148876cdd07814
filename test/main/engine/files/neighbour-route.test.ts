import { describe, expect, it } from 'vitest';
import type { EmitEvent } from '../../../../main/contract/events.ts';
import { neighbourRoute } from '../../../../main/engine/files/neighbour-route.ts';

const LEASED = '192.168.77.100';
const STRANGE = '192.168.77.9';
const leasedMac = '52:54:00:00:00:01';
const wireMac = '52:54:00:00:00:99';

async function learned(
  peerAddress: string,
  wire: Readonly<Record<string, string>>,
  isWireRight: boolean,
): Promise<{ claimed: unknown; told: Parameters<EmitEvent>[0][] }> {
  const told: Parameters<EmitEvent>[0][] = [];
  const route = neighbourRoute({
    macOf: (address) => (address === LEASED ? leasedMac : undefined),
    lookUp: (address) => Promise.resolve(wire[address]),
    isWireRight: () => isWireRight,
    emit: (event) => told.push(event),
  });
  const request = { path: 'machine.ipxe', query: new URLSearchParams(), protocol: 'http', peerAddress } as const;
  return { claimed: await route.claim(request), told };
}

describe('neighbourRoute', () => {
  it.each([
    ['a lease of ours stands', LEASED, { [LEASED]: wireMac }, false, undefined],
    ['an address that is no lease is its neighbour’s', STRANGE, { [STRANGE]: wireMac }, false, wireMac],
    ['beside another server the wire knows better', LEASED, { [LEASED]: wireMac }, true, wireMac],
    ['what the wire says already is no news', LEASED, { [LEASED]: leasedMac }, true, undefined],
    ['what the wire does not know stays unknown', STRANGE, {}, true, undefined],
  ] as const)('claims nothing, and tells whose an address is: %s', async (_, address, wire, isWireRight, mac) => {
    const { claimed, told } = await learned(address, wire, isWireRight);
    expect(claimed).toBeUndefined();
    expect(told).toEqual(mac === undefined ? [] : [{ type: 'client.addressed', mac, address }]);
  });
});
