import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseLeases } from '../../main/engine/dhcp/lease-file.ts';
import type { Binding } from '../../main/engine/dhcp/pool.ts';
import { StationProcess } from '../fixtures/dhcp/station-process.ts';
import type { RunningCommand } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';

/** Real DHCP clients on the bed: what they get, keep and give back, seen from their side and from the station's. */

let bed: Bed;
let station: StationProcess;
let folder: string;
beforeAll(async () => {
  bed = await Bed.open();
});
afterAll(async () => await bed[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-client-'));
  station = await StationProcess.start(bed.station, { router: Bed.address, bootFile: 'http://192.168.77.1/boot.ipxe' });
});
afterEach(async () => {
  await station[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** The IPv4 address that a client's system has on its interface, with its prefix length. */
async function addressOf(client: ClientNamespace): Promise<string | undefined> {
  const text = await client.namespace.check(['ip', '-4', '-o', 'address', 'show', client.interfaceName]);
  return /inet (\S+)/.exec(text)?.[1];
}

const defaultRouteOf = async (client: ClientNamespace): Promise<string> =>
  (await client.namespace.check(['ip', 'route', 'show', 'default'])).trim();

/** The station's last word on a client, as it is on disk. */
const leaseOf = (client: ClientNamespace): Binding | undefined =>
  parseLeases(readFileSync(station.leaseFile, 'utf8')).bindings.findLast(
    ({ clientKey }) => clientKey === `1/${client.mac}`,
  );

const dora = ['DISCOVER', '> OFFER', 'REQUEST', '> ACK'];

/** All that passed between them. Polled: the station tells of a reply after the client may have acted on it. */
async function expectExchanges(client: ClientNamespace, expected: readonly string[]): Promise<void> {
  await expect.poll(() => station.exchanges(client.mac), { timeout: 5_000 }).toEqual(expected);
}

async function expectAddress(client: ClientNamespace): Promise<void> {
  const { address } = leaseOf(client) ?? {};
  expect(address).toMatch(/^192\.168\.77\.1\d\d$/);
  await expect.poll(async () => await addressOf(client), { timeout: 10_000 }).toBe(`${address}/24`);
  await expect.poll(async () => await defaultRouteOf(client), { timeout: 5_000 }).toContain(`via ${Bed.address}`);
}

describe.skipIf(!bedAvailable('udhcpc'))('udhcpc', () => {
  it('gets, renews, and gives back its address', async () => {
    await using client = await bed.addClient();
    const udhcpc = client.namespace.spawn(['udhcpc', '-f', '-i', client.interfaceName]);
    await station.waitForExchange(client.mac, dora);
    await expectAddress(client);
    const first = leaseOf(client);

    udhcpc.kill('SIGUSR1');
    await station.waitForExchange(client.mac, ['> ACK', 'REQUEST', '> ACK']);
    const renewed = leaseOf(client);
    expect(renewed).toMatchObject({ address: first?.address, kind: 'leased' });
    expect(renewed?.expiresAtMs).toBeGreaterThan(first?.expiresAtMs ?? Infinity);

    udhcpc.kill('SIGUSR2');
    await station.waitForExchange(client.mac, ['RELEASE', '(RELEASE)']);
    await expect.poll(() => leaseOf(client)?.kind).toBe('released');
    await expect.poll(async () => await addressOf(client)).toBeUndefined();
  });

  it('keeps its address through a station that is killed', async () => {
    await using client = await bed.addClient();
    const udhcpc = client.namespace.spawn(['udhcpc', '-f', '-i', client.interfaceName]);
    await station.waitForExchange(client.mac, ['> ACK']);
    const { address } = leaseOf(client) ?? {};
    await station.kill();
    await station.restart();
    udhcpc.kill('SIGUSR1');
    await station.waitForExchange(client.mac, ['REQUEST', '> ACK']);
    expect(leaseOf(client)?.address).toBe(address);
    await expectExchanges(client, ['REQUEST', '> ACK']);
  });

  it('is told nothing to boot: a boot file would stop an installer', async () => {
    await using client = await bed.addClient();
    const script = join(import.meta.dirname, '../fixtures/dhcp/print-lease.sh');
    const { stdout } = await client.namespace.run([
      'udhcpc',
      '-f',
      '-q',
      '-n',
      '-i',
      client.interfaceName,
      '-O',
      'bootfile',
      '-O',
      'tftp',
      '-s',
      script,
    ]);
    expect(stdout).toMatch(/^ip=192\.168\.77\.1\d\d$/m);
    expect(stdout).toMatch(/^lease=3600$/m);
    expect(stdout).not.toMatch(/^(boot_file|bootfile|tftp|siaddr|sname)=/m);
  });
});

describe.skipIf(!bedAvailable('dhclient'))('dhclient', () => {
  const leasesPath = (): string => join(folder, 'dhclient.leases');
  const dhclient = (...words: string[]): string[] => [
    'dhclient',
    '-v',
    '-lf',
    leasesPath(),
    '-pf',
    join(folder, 'dhclient.pid'),
    ...words,
  ];

  /** Gets an address, then loses its power. */
  async function usedBefore(client: ClientNamespace): Promise<void> {
    const running = client.namespace.spawn(dhclient('-d', client.interfaceName));
    await running.waitForLine(/^bound to/, 20_000);
    await running.stop('SIGKILL');
    await client.namespace.configure(`address flush dev ${client.interfaceName}`);
  }

  it('gets, confirms after a reboot, and gives back its address', async () => {
    await using client = await bed.addClient();
    await usedBefore(client);
    const first = leaseOf(client);

    await client.namespace.check(dhclient('-1', client.interfaceName));
    // It remembers: INIT-REBOOT, no second DISCOVER.
    await expectExchanges(client, [...dora, 'REQUEST', '> ACK']);
    await expectAddress(client);
    expect(leaseOf(client)?.address).toBe(first?.address);

    await client.namespace.check(dhclient('-r', client.interfaceName));
    await station.waitForExchange(client.mac, ['RELEASE', '(RELEASE)']);
    await expect.poll(() => leaseOf(client)?.kind).toBe('released');
    expect(await addressOf(client)).toBeUndefined();
  });

  it('that remembers an address of another network is told so, and gets one of ours', async () => {
    await using client = await bed.addClient();
    await usedBefore(client);
    const remembered = readFileSync(leasesPath(), 'utf8');
    writeFileSync(leasesPath(), remembered.replaceAll(/fixed-address [\d.]+/g, 'fixed-address 10.1.2.3'));
    await client.namespace.check(dhclient('-1', client.interfaceName));
    await expectExchanges(client, [...dora, 'REQUEST', '> NAK', ...dora]);
    expect(readFileSync(leasesPath(), 'utf8')).toContain(`fixed-address ${leaseOf(client)?.address};`);
    await expectAddress(client);
  });

  it('renews a short lease by unicast before it ends, time and again', async () => {
    await station[Symbol.asyncDispose]();
    station = await StationProcess.start(bed.station, { leaseSeconds: 6 });
    await using client = await bed.addClient();
    const running = client.namespace.spawn(dhclient('-d', client.interfaceName));
    await station.waitForExchange(client.mac, ['> ACK', 'REQUEST', '> ACK', 'REQUEST', '> ACK'], 30_000);
    expect(station.exchanges(client.mac).filter((message) => message === 'DISCOVER')).toHaveLength(1);
    const renewals = running.lines.filter((line) => line.startsWith('DHCPREQUEST')).slice(1);
    expect(renewals.length).toBeGreaterThan(1);
    expect(renewals.filter((line) => !line.endsWith(`to ${Bed.address} port 67`))).toEqual([]);
  });
});

describe.skipIf(!bedAvailable('dhcpcd'))('dhcpcd', () => {
  // Its state folders are the machine's: a mount of its own keeps them apart.
  const start = (client: ClientNamespace): RunningCommand =>
    client.namespace.spawn([
      'sh',
      '-ec',
      'for folder in /run/dhcpcd /var/lib/dhcpcd; do mkdir -p $folder; mount -t tmpfs none $folder; done; exec "$@"',
      'sh',
      'dhcpcd',
      '--nobackground',
      '--debug',
      '--ipv4only',
      '--noarp',
      '--nohook',
      'resolv.conf',
      client.interfaceName,
    ]);

  it('gets, rebinds, and gives back its address', async () => {
    await using client = await bed.addClient();
    const dhcpcd = start(client);
    await dhcpcd.waitForLine(/run-hooks BOUND/, 30_000);
    await expectExchanges(client, dora);
    await expectAddress(client);
    const first = leaseOf(client);

    dhcpcd.kill('SIGHUP');
    await dhcpcd.waitForLine(/run-hooks RENEW/, 30_000);
    await expectExchanges(client, [...dora, 'REQUEST', '> ACK']);
    expect(leaseOf(client)).toMatchObject({ address: first?.address, kind: 'leased' });

    // Told until it listens: a signal that comes while its hooks run is lost.
    const lastWords = (): string | undefined => {
      if (!dhcpcd.hasExited) dhcpcd.kill('SIGALRM');
      return station.exchanges(client.mac).at(-1);
    };
    await expect.poll(lastWords, { interval: 1_000, timeout: 20_000 }).toBe('(RELEASE)');
    await expect.poll(() => leaseOf(client)?.kind).toBe('released');
    await expect.poll(async () => await addressOf(client)).toBeUndefined();
  });
});
