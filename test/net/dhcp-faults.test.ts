import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hexOf } from '../../main/engine/dhcp/option-values.ts';
import { StationProcess } from '../fixtures/dhcp/station-process.ts';
import { clientPacket, pxeRom } from '../main/engine/dhcp/scripted-client.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';

/** What breaks under a running server: it says so once, and serves again as soon as it can. */

describe.skipIf(!bedAvailable('udhcpc', 'nft'))('a DHCP server', () => {
  let bed: Bed;
  let client: ClientNamespace;
  beforeAll(async () => {
    bed = await Bed.open();
    client = await bed.addClient();
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  /** Whether a client gets an address when it asks `times` times. */
  async function isServed(times: number): Promise<boolean> {
    const words = ['-f', '-q', '-n', '-t', String(times), '-T', '1', '-s', '/bin/true'];
    return (await client.namespace.run(['udhcpc', '-i', client.interfaceName, ...words])).code === 0;
  }

  afterEach(async () => await bed.station.configure('link set br0 up'));

  const troubles = (station: StationProcess): string[] => station.events('engine.trouble').map(({ code }) => code);

  it('whose replies a firewall forbids says so, and serves again once it may', async () => {
    await using station = await StationProcess.start(bed.station);
    const chain = 'chain output {\n type filter hook output priority 0\n udp sport 67 drop\n}';
    await bed.station.check(['nft', '-f', '-'], { input: `table inet guard {\n${chain}\n}\n` });
    expect(await isServed(3)).toBe(false);
    expect(troubles(station)).toEqual(['E_REPLY_NOT_SENT']);
    expect(await station.statistics()).toMatchObject({ received: 3, replied: 0, sendFailures: 3 });

    await bed.station.check(['nft', 'delete table inet guard']);
    expect(await isServed(3)).toBe(true);
  });

  it('whose interface goes down before a reply can leave says so, and serves again once it is up', async () => {
    await using station = await StationProcess.start(bed.station, { bootFile: 'bootcode.bin' });
    await using raspberry = await bed.addClient({ address: '192.168.77.9/24' });
    // A Pi 3 has to wait a second for its offer.
    const discover = clientPacket('DISCOVER', { mac: 'b8:27:eb:01:02:03', xid: 0x26f30339, options: pxeRom });
    const send = `const [, hex, address] = process.argv;
      const socket = require('node:dgram').createSocket('udp4');
      socket.send(Buffer.from(hex, 'hex'), 67, address, () => socket.close());`;
    await raspberry.namespace.check([process.execPath, '-e', send, hexOf(discover), Bed.address]);
    await station.waitForEvent('dhcp.request');
    await bed.station.configure('link set br0 down');
    expect(await station.waitForEvent('engine.trouble')).toMatchObject({ code: 'E_INTERFACE_DOWN' });

    await bed.station.configure('link set br0 up');
    expect(await isServed(5)).toBe(true);
  });

  it('whose disk is full promises nothing that it would forget, and serves again when there is room', async () => {
    // A mount of its own process only, filled to the last byte.
    const fill = 'mount -t tmpfs -o size=64k none "$FOLDER"; dd if=/dev/zero of="$FOLDER/ballast" bs=4k || true';
    await using station = await StationProcess.start(bed.station, {}, fill);
    expect(await isServed(2)).toBe(false);
    expect(troubles(station)).toEqual(['E_DISK_FULL']);
    const answers = station.exchanges(client.mac).filter((message) => message.startsWith('>'));
    expect(new Set(answers)).toEqual(new Set(['> OFFER']));

    await bed.station.check([
      'nsenter',
      '-t',
      String(station.pid),
      '-m',
      'rm',
      `${dirname(station.leaseFile)}/ballast`,
    ]);
    expect(await isServed(2)).toBe(true);
  });
});
