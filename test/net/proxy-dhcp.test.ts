import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dhcpOption } from '../../main/engine/dhcp/options.ts';
import { clientPacket, pxeRom, requested, server, set } from '../main/engine/dhcp/scripted-client.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { startOfficeDhcp } from '../testbed/office-dhcp.ts';
import { Station } from '../testbed/station.ts';
import { Wire } from '../testbed/wire.ts';

/** A session beside the DHCP server of the network: whose address is whose, and what is told when that server is not there. */

const IMAGE = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');
const startsSomething = /^kernel http/m;

describe.skipIf(!bedAvailable('busybox', 'curl', 'dnsmasq'))('beside another server', () => {
  let bed: Bed;
  let folder: string;
  beforeAll(async () => {
    bed = await Bed.open();
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-proxy-'));
  });
  afterAll(async () => {
    await bed[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const machineScript = async (client: ClientNamespace, mac: string): Promise<string> =>
    await client.namespace.check(
      `curl --silent --show-error --fail http://${Bed.address}/machine.ipxe?mac=${mac}&platform=pcbios&arch=i386`.split(
        ' ',
      ),
    );

  it('the mode is chosen by who answers, systems are left alone, and no address is given', async () => {
    await using _office = await startOfficeDhcp(bed);
    await using station = await Station.serve(bed, { image: IMAGE });
    const { mode, reason } = await station.waitForEvent('session.mode', () => true, 20_000);
    expect({ mode, reason }).toEqual({
      mode: 'proxy',
      reason: expect.stringMatching(
        /^192\.168\.77\.254 .*already hands out addresses on br0, so this station only/,
      ) as string,
    });
    await using client = await bed.addClient();
    const words = ['-f', '-q', '-n', '-t', '5', '-T', '2', '-s', '/bin/true'];
    const asked = await client.namespace.run(['busybox', 'udhcpc', '-i', client.interfaceName, ...words], {
      timeoutMs: 60_000,
    });
    expect(`${asked.stdout}${asked.stderr}`).toMatch(/lease of 192\.168\.77\.1[5-9]\d obtained from 192\.168\.77\.254/);
    expect(station.eventsOf('dhcp.reply')).toEqual([]);
    const silences = station.eventsOf('dhcp.silent').filter(({ mac }) => mac === client.mac);
    expect(new Set(silences.map(({ reason: why }) => why))).toEqual(
      new Set(['it does not boot from the network; its address is the other server’s']),
    );
    expect(await station.stop()).toMatchObject({ code: 0 });
  });

  it('a machine is who the wire says it is, whatever it says of itself', async () => {
    await using listed = await bed.addClient({ address: '192.168.77.61/24' });
    await using stranger = await bed.addClient({ address: '192.168.77.62/24' });
    const list = join(folder, 'macs.txt');
    await writeFile(list, `${listed.mac}\n`);
    await using station = await Station.serve(bed, {
      image: IMAGE,
      words: ['--mode', 'proxy', '--policy', `macs:${list}`],
    });

    expect(await machineScript(listed, listed.mac)).toMatch(startsSomething);
    expect(await machineScript(stranger, listed.mac)).not.toMatch(startsSomething);
    // Nor by a DHCP packet in the other one's name, from its own address.
    await using wire = await Wire.open(stranger);
    const forged = { mac: listed.mac, options: [...pxeRom, set(dhcpOption.hostName, 'forged')] };
    const other = [requested('192.168.77.62'), server('192.168.77.254')];
    wire.send(clientPacket('DISCOVER', forged), '192.168.77.62:68', '255.255.255.255:67');
    wire.send(
      clientPacket('REQUEST', { ...forged, options: [...forged.options, ...other] }),
      '192.168.77.62:68',
      '255.255.255.255:67',
    );
    wire.send(clientPacket('INFORM', { ...forged, ciaddr: '192.168.77.62' }), '192.168.77.62:68', '255.255.255.255:67');
    await station.waitForEvent('dhcp.reply', ({ message, mac }) => message === 'ACK' && mac === listed.mac, 10_000);
    expect(await machineScript(stranger, listed.mac)).not.toMatch(startsSomething);
    expect(await machineScript(listed, stranger.mac)).toMatch(startsSomething);
    const addressed = station.eventsOf('client.addressed').map(({ mac, address }) => `${mac} ${address}`);
    expect(addressed).toEqual([`${listed.mac} 192.168.77.61`, `${stranger.mac} 192.168.77.62`]);
  });

  it('that is not there, this is told, and that it came', async () => {
    await using station = await Station.serve(bed, { image: IMAGE, words: ['--mode', 'proxy'] });
    const { title } = await station.waitForEvent('engine.trouble', ({ code }) => code === 'E_NO_DHCP_SERVER', 15_000);
    expect(title).toBe('No DHCP server answers on br0: machines there get no address.');
    await using _office = await startOfficeDhcp(bed);
    await station.waitForEvent('engine.trouble-over', ({ code }) => code === 'E_NO_DHCP_SERVER', 40_000);
    expect(await station.stop()).toMatchObject({ code: 0 });
  });

  it('that is silent, on a network that others use, no session hands out addresses', async () => {
    await bed.station.configure(`route add default via 192.168.77.254 dev ${Bed.bridge}`);
    await using station = await Station.serve(bed, { image: IMAGE });
    expect(await station.ended()).toMatchObject({ code: 3 });
    expect(station.eventsOf('engine.trouble')).toMatchObject([{ code: 'E_INTERFACE_UNFIT' }]);
    expect(station.eventsOf('session.mode')).toEqual([]);
    await bed.station.configure('route del default');
  });

  it('of this computer’s own, on the same interface, the session does not start, and names it', async () => {
    const own = bed.station.spawn(
      `dnsmasq --keep-in-foreground --log-facility=- --port=0 --conf-file=/dev/null --leasefile-ro --user=root
        --interface=${Bed.bridge} --bind-interfaces --dhcp-range=192.168.77.150,192.168.77.199`.split(/\s+/),
    );
    await own.waitForLine(/started/, 10_000);
    await expect(Station.serve(bed, { image: IMAGE, words: ['--mode', 'proxy'] })).rejects.toThrow(
      /E_PORT_IN_USE.*dnsmasq/s,
    );
    await own.stop();
  });
});
