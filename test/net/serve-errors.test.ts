import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningCommand } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { type BuiltIso, canBuildIso } from '../testbed/iso-builder.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { buildBootableIso } from './fixtures/bootable-iso.ts';
import { type Refusal, refusalOf, type RunOptions, withoutPrivileges } from './fixtures/command-line.ts';

/** Interfaces, ports and privileges that keep a session from starting: what a person reads, and that nothing is left behind. */

const LISTEN_ON_UDP = `
const socket = require('node:dgram').createSocket('udp4');
socket.bind(Number(process.argv[1]), process.argv[2], () => console.log('listening'));
`;
const LISTEN_ON_TCP = `
require('node:net').createServer().listen(Number(process.argv[1]), process.argv[2], () => console.log('listening'));
`;

describe.skipIf(!bedAvailable('setpriv', 'dnsmasq', 'curl', 'busybox') || !canBuildIso())('serve', () => {
  let bed: Bed;
  let image: BuiltIso;
  let occupants: AsyncDisposableStack;
  beforeAll(async () => {
    image = await buildBootableIso();
    bed = await Bed.open();
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await image[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    occupants = new AsyncDisposableStack();
  });
  afterEach(async () => await occupants.disposeAsync());

  const refused = async (words: readonly string[], options: RunOptions = {}): Promise<Refusal> =>
    await refusalOf(['serve', '--image', image.path, '--policy', 'auto', ...words], {
      run: async (command, settings) => await bed.station.run(command, settings),
      dataFolder: `${image.path}.data`,
      ...options,
    });
  const refusedOn = async (interfaceName: string, ...words: string[]): Promise<Refusal> =>
    await refused(['--interface', interfaceName, ...words]);
  const occupy = async (script: string, port: number, address: string): Promise<RunningCommand> => {
    const occupant = bed.station.spawn([process.execPath, '-e', script, String(port), address]);
    occupants.use(occupant);
    await occupant.waitForLine(/^listening$/, 5_000);
    return occupant;
  };
  const dnsmasqOn = async (interfaceName: string, range: string): Promise<RunningCommand> => {
    const words = [
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--port=0',
      '--log-facility=-',
      '--bind-interfaces',
    ];
    const serving = [`--interface=${interfaceName}`, `--dhcp-range=${range}`, `--dhcp-leasefile=${image.path}.leases`];
    const dnsmasq = occupants.use(bed.station.spawn(['dnsmasq', ...words, ...serving]));
    await dnsmasq.waitForLine(/started/, 5_000);
    return dnsmasq;
  };
  const addressesOf = async (name: string): Promise<string> =>
    await bed.station.check(['ip', '-4', '-o', 'address', 'show', 'dev', name]);

  describe('on an interface', () => {
    it.each([
      ['by any name', 'nowhere0'],
      ['by a name that is a path', '../../etc'],
      ['by a name that is too long', 'x'.repeat(300)],
    ])('that does not exist %s', async (_title, name) => {
      const said = await refusedOn(name);
      expect(said).toMatchObject({ code: 'E_INTERFACE_NOT_FOUND', exitCode: 1, data: { name } });
      expect(said.advice).toContain(Bed.bridge);
      expect(said.advice).toContain('fieldboot interfaces');
    });

    it('that is down', async () => {
      await bed.station.configure('link add down0 type bridge');
      await bed.station.configure('address add 192.168.80.1/24 dev down0');
      const said = await refusedOn('down0');
      expect(said).toMatchObject({ code: 'E_INTERFACE_DOWN', exitCode: 1, data: { name: 'down0' } });
      expect(said.advice).toContain('ip link set down0 up');
      const given = await refusedOn('down0', '--address', '192.168.81.1/24');
      expect(given).toMatchObject({ code: 'E_INTERFACE_DOWN' });
      expect(await addressesOf('down0')).not.toContain('192.168.81.1');
    });

    it('that has no address', async () => {
      await bed.addBridge('bare0');
      const said = await refusedOn('bare0');
      expect(said).toMatchObject({ code: 'E_INTERFACE_NO_ADDRESS', exitCode: 1, data: { name: 'bare0' } });
      expect(said.advice).toContain('--address 192.168.77.1/24');
    });

    it('that leads to no bench: refused for safety', async () => {
      expect(await refusedOn('lo')).toMatchObject({ code: 'E_INTERFACE_UNFIT', exitCode: 3, data: { name: 'lo' } });
    });
  });

  describe('with an address or a pool', () => {
    it.each(['nonsense', '192.168.77.1', '192.168.77.1/33', '192.168.77.300/24', '192.168.77.8/31'])(
      'that is none: --address %s',
      async (address) => {
        const said = await refusedOn(Bed.bridge, '--address', address);
        expect(said).toMatchObject({ code: 'E_ADDRESS_INVALID', exitCode: 2, data: { value: address } });
        expect(said.advice).toContain('192.168.77.1/24');
      },
    );

    it.each<readonly [string, RegExp]>([
      ['nonsense', /not FROM-TO/],
      ['192.168.77.9-192.168.77.5', /first address is after its last/],
      ['10.0.0.1-10.0.0.9', /not inside the subnet 192\.168\.77\.1\/24/],
      ['192.168.77.200-192.168.77.255', /not inside the subnet/],
    ])('that is none: --pool %s', async (pool, problem) => {
      const said = await refusedOn(Bed.bridge, '--pool', pool);
      expect(said).toMatchObject({ code: 'E_POOL_INVALID', exitCode: 2, data: { value: pool } });
      expect(said.title).toMatch(problem);
    });

    it('takes back the address that it gave when it cannot start after all', async () => {
      await bed.addBridge('lent0');
      const said = await refusedOn('lent0', '--address', '192.168.90.1/24', '--pool', '10.0.0.1-10.0.0.9');
      expect(said).toMatchObject({ code: 'E_POOL_INVALID', exitCode: 2 });
      expect(await addressesOf('lent0')).toBe('');
    });
  });

  describe('beside a program that has its port', () => {
    it.each([67, 69])('UDP %i: names it', async (port) => {
      const { pid } = await occupy(LISTEN_ON_UDP, port, '0.0.0.0');
      const said = await refusedOn(Bed.bridge);
      expect(said).toMatchObject({ code: 'E_PORT_IN_USE', exitCode: 1, data: { port, protocol: 'UDP' } });
      expect(said.title).toMatch(new RegExp(`^UDP port ${port} on \\S+ is taken by \\S+ \\(process ${pid}\\)\\.$`));
      expect(said.advice).toMatch(/^Stop that program/);
    });

    it('a DHCP server that is willing to share the port on this interface: names it', async () => {
      const dnsmasq = await dnsmasqOn(Bed.bridge, '192.168.77.50,192.168.77.90');
      const said = await refusedOn(Bed.bridge);
      expect(said).toMatchObject({ code: 'E_PORT_IN_USE', exitCode: 1, data: { port: 67 } });
      expect(said.title).toContain(`dnsmasq (process ${dnsmasq.pid})`);
    });

    it('a DHCP server of another interface is no hindrance', async () => {
      await bed.addBridge('other0', '192.168.99.1/24');
      await dnsmasqOn('other0', '192.168.99.50,192.168.99.90');
      await using station = await Station.serve(bed, { image: image.path });
      expect(await station.stop()).toMatchObject({ code: 0 });
    });

    it('TCP 80: takes 8080, and serves there', async () => {
      await occupy(LISTEN_ON_TCP, 80, '0.0.0.0');
      await using station = await Station.serve(bed, { image: image.path });
      const { httpPort } = await station.waitForEvent('session.started', () => true, 0);
      expect(httpPort).toBe(8080);
      await using client = await bed.addClient({ address: '192.168.77.9/24' });
      const asIpxe = ['-V', 'PXEClient:Arch:00000:UNDI:002001', '-x', '0x4d:69505845', '-x', '0x5d:0000'];
      client.namespace.spawn(['busybox', 'udhcpc', '-f', '-i', client.interfaceName, '-s', '/bin/true', ...asIpxe]);
      const { bootFile = '' } = await station.waitForEvent('dhcp.reply', ({ mac }) => mac === client.mac, 15_000);
      expect(bootFile).toMatch(/^http:\/\/192\.168\.77\.1:8080\//);
      expect(await client.namespace.check(['curl', '-sSf', bootFile])).toMatch(/^#!ipxe\n/);
    });

    it('TCP 80 and 8080: names the one that has 80', async () => {
      const { pid } = await occupy(LISTEN_ON_TCP, 80, Bed.address);
      await occupy(LISTEN_ON_TCP, 8080, '0.0.0.0');
      const said = await refusedOn(Bed.bridge);
      expect(said).toMatchObject({ code: 'E_PORT_IN_USE', exitCode: 1, data: { port: 80, protocol: 'TCP' } });
      expect(said.title).toContain(`(process ${pid})`);
    });
  });

  describe('without privileges', () => {
    it('says the exact way out, and the way out works', async () => {
      const said = await refused(['--interface', Bed.bridge], { launcher: withoutPrivileges });
      expect(said).toMatchObject({ code: 'E_NO_PRIVILEGE', exitCode: 1, data: { protocol: 'UDP', port: 69 } });
      expect(said.title).toBe('This user may not open UDP port 69.');
      const wayOut = /sudo (sysctl [\w.=]+)$/.exec(said.advice)?.[1]?.split(' ') ?? [];
      expect(wayOut).toHaveLength(2);

      await bed.station.check(wayOut);
      await using station = await Station.serve(bed, { image: image.path, launcher: withoutPrivileges });
      expect(station.eventsOf('session.started')).toMatchObject([{ httpPort: 80 }]);
      expect(station.eventsOf('engine.trouble')).toEqual([]);
      expect(await station.stop()).toMatchObject({ code: 0 });

      // Whose a port is, is not for everybody to see: then it is said how to find out.
      await occupy(LISTEN_ON_UDP, 69, Bed.address);
      const taken = await refused(['--interface', Bed.bridge], { launcher: withoutPrivileges });
      expect(taken).toMatchObject({ code: 'E_PORT_IN_USE', title: `UDP port 69 on ${Bed.address} is taken.` });
      expect(taken.advice).toContain('ss -lnpu sport = :69');
    });
  });
});
