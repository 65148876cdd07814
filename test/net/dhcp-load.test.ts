import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StationProcess } from '../fixtures/dhcp/station-process.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';

/** Many machines at once, by perfdhcp. */

const BRIDGE = 'br1';
const network = { interfaceName: BRIDGE, address: '10.77.0.1', prefixLength: 16 };

describe.skipIf(!bedAvailable('perfdhcp'))('1,000 machines', () => {
  let bed: Bed;
  let client: ClientNamespace;
  beforeAll(async () => {
    bed = await Bed.open();
    await bed.addBridge(BRIDGE, `${network.address}/16`);
    client = await bed.addClient({ bridge: BRIDGE, address: '10.77.0.9/16' });
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  const perfdhcp = async (...words: string[]): Promise<string> =>
    await client.namespace.check(['perfdhcp', '-4', '-l', client.interfaceName, ...words], { timeoutMs: 60_000 });

  const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, value]) => value ?? '');

  it('get an address each, with no drop', async () => {
    await using station = await StationProcess.start(bed.station, {
      ...network,
      pool: { first: '10.77.1.0', last: '10.77.5.255' },
    });
    const report = await perfdhcp('-n', '1000', '-R', '1000', '-r', '200', '-W', '2000000', '-u');
    // DISCOVER-OFFER, then REQUEST-ACK. On a busy computer perfdhcp sends a few more than it was told to.
    const sent = all(report, /^sent packets: (\d+)/gm).map(Number);
    expect(sent).toHaveLength(2);
    expect(Math.min(...sent)).toBeGreaterThanOrEqual(1000);
    expect(all(report, /^received packets: (\d+)/gm).map(Number)).toEqual(sent);
    expect(all(report, /^drops: (\d+)/gm)).toEqual(['0', '0']);
    expect(all(report, /^rejected leases: (\d+)/gm)).toEqual(['0', '0']);
    expect(all(report, /^non unique addresses: (\d+)/gm)).toEqual(['0', '0']);
    const count = sent.reduce((sum, packets) => sum + packets, 0);
    expect(await station.statistics()).toMatchObject({ received: count, replied: count, dropped: 0, sendFailures: 0 });
    const leased = station.events('dhcp.reply').filter(({ message }) => message === 'ACK');
    expect(new Set(leased.map(({ address }) => address)).size).toBe(1000);
  });

  it('that are too many for the pool are met with silence, and the others served', async () => {
    await using station = await StationProcess.start(bed.station, {
      ...network,
      pool: { first: '10.77.1.0', last: '10.77.1.9' },
    });
    await client.namespace.run(['perfdhcp', '-4', '-l', client.interfaceName, '-n', '50', '-R', '50', '-r', '100']);
    const acknowledged = station.events('dhcp.reply').filter(({ message }) => message === 'ACK');
    expect(new Set(acknowledged.map(({ address }) => address)).size).toBe(10);
    expect(station.events('dhcp.reply').filter(({ message }) => message === 'NAK')).toEqual([]);
    expect(station.events('dhcp.pool-exhausted').length).toBeGreaterThan(0);
  });
});
