import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StationProcess } from '../fixtures/dhcp/station-process.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';

/** Two networks at one station: the one that it does not serve must not notice it (TC-96, TC-97). */

const OFFICE = 'br1';

describe.skipIf(!bedAvailable('udhcpc', 'tcpdump'))('a station with two interfaces', () => {
  let bed: Bed;
  let office: ClientNamespace;
  let bench: ClientNamespace;
  beforeAll(async () => {
    bed = await Bed.open();
    await bed.addBridge(OFFICE, '10.99.0.1/24');
    office = await bed.addClient({ bridge: OFFICE });
    bench = await bed.addClient();
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  /** Asks so many times, and gives up. Resolves to what it said. */
  async function ask(client: ClientNamespace, times: number): Promise<string[]> {
    const words = ['-f', '-q', '-n', '-t', String(times), '-T', '1', '-s', '/bin/true'];
    const { stdout, stderr } = await client.namespace.run(['udhcpc', '-i', client.interfaceName, ...words]);
    return `${stdout}${stderr}`.split('\n');
  }

  const countOf = (lines: readonly string[], pattern: RegExp): number =>
    lines.filter((line) => pattern.test(line)).length;

  it('has no default route', async () => {
    expect(await bed.station.check(['ip', 'route', 'show', 'default'])).toBe('');
  });

  it('answers none of the other interface’s DISCOVERs, and learns nothing of them', async () => {
    await using station = await StationProcess.start(bed.station);
    const watch = office.namespace.spawn([
      'tcpdump',
      '-n',
      '-l',
      '-i',
      office.interfaceName,
      'udp port 67 or udp port 68',
    ]);
    await watch.waitForLine(/listening on/, 10_000);

    const asked = await ask(office, 3);
    expect(countOf(asked, /broadcasting discover/)).toBe(3);
    expect(countOf(asked, /lease of/)).toBe(0);
    expect(await station.statistics()).toMatchObject({ received: 0, dropped: 0, ignored: 0, replied: 0 });
    expect(station.exchanges(office.mac)).toEqual([]);

    // The same station, at the same moment, on the interface that it does serve.
    expect(countOf(await ask(bench, 3), /lease of 192\.168\.77\./)).toBe(1);
    await station.waitForExchange(bench.mac, ['DISCOVER', '> OFFER', 'REQUEST', '> ACK']);

    // Its broadcasts to the bench stayed on the bench.
    await wait(200);
    await watch.stop('SIGINT');
    expect(countOf(watch.lines, /BOOTP\/DHCP, Request/)).toBe(3);
    expect(countOf(watch.lines, /BOOTP\/DHCP, Reply/)).toBe(0);
  });

  it('answers there once it serves there: the silence was no accident of the bed', async () => {
    await using _station = await StationProcess.start(bed.station, {
      interfaceName: OFFICE,
      address: '10.99.0.1',
      pool: { first: '10.99.0.50', last: '10.99.0.60' },
    });
    expect(countOf(await ask(office, 3), /lease of 10\.99\.0\./)).toBe(1);
    expect(countOf(await ask(bench, 2), /lease of/)).toBe(0);
  });

  it('serves both with two servers at once, each its own', async () => {
    await using benchStation = await StationProcess.start(bed.station);
    await using officeStation = await StationProcess.start(bed.station, {
      interfaceName: OFFICE,
      address: '10.99.0.1',
      pool: { first: '10.99.0.50', last: '10.99.0.60' },
    });
    const [fromOffice, fromBench] = await Promise.all([ask(office, 3), ask(bench, 3)]);
    expect(countOf(fromOffice, /lease of 10\.99\.0\./)).toBe(1);
    expect(countOf(fromBench, /lease of 192\.168\.77\./)).toBe(1);
    expect(benchStation.exchanges(office.mac)).toEqual([]);
    expect(officeStation.exchanges(bench.mac)).toEqual([]);
  });
});
