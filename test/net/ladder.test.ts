import { setTimeout as delay } from 'node:timers/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChecked } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

/** The ladder as it goes over the wire, with clients that ask and fetch as UEFI does, and then do what no good machine does. */

const IMAGE = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');
const CLI = resolve(import.meta.dirname, '../../main/cli.ts');
/** Options 60 and 93 of UEFI x64. */
const UEFI_WORDS = '-V PXEClient:Arch:00007:UNDI:003000 -x 0x5d:0007'.split(' ');
/** Longer than firmware takes to go on by itself. */
const UNTIL_POWER_IS_BACK_MS = 9_000;

describe.skipIf(!bedAvailable('busybox', 'curl'))('the ladder on the wire', () => {
  let bed: Bed;
  beforeAll(async () => {
    bed = await Bed.open();
  });
  afterAll(async () => await bed[Symbol.asyncDispose]());

  /** Asks as firmware does, and gives the boot file that it was told. */
  async function ask(client: ClientNamespace, station: Station): Promise<string | undefined> {
    const acknowledged = () =>
      station.eventsOf('dhcp.reply').filter(({ mac, message }) => mac === client.mac && message === 'ACK');
    const before = acknowledged().length;
    const words = ['busybox', 'udhcpc', '-f', '-q', '-n', '-i', client.interfaceName, '-s', '/bin/true', ...UEFI_WORDS];
    await client.namespace.check(words);
    await expect.poll(() => acknowledged().length, { timeout: 5_000 }).toBeGreaterThan(before);
    const { address, bootFile } = acknowledged().at(-1) ?? {};
    await client.namespace.configure(`address replace ${address}/24 dev ${client.interfaceName}`);
    return bootFile;
  }

  const fetch = async (client: ClientNamespace, file: string): Promise<void> =>
    // Nowhere else: busybox removes what it could not fill, and as root even /dev/null.
    void (await client.namespace.check(['busybox', 'tftp', '-g', '-r', file, '-l', '-', Bed.address]));

  it('goes to a signed loader when firmware asks again at once, up one rung after a hang, and ends', async () => {
    await using station = await Station.serve(bed, { image: IMAGE });
    await using client = await bed.addClient({ mac: '52:54:00:1a:dd:01' });
    const offered: (string | undefined)[] = [];
    const boot = async (): Promise<void> => {
      const file = await ask(client, station);
      offered.push(file);
      if (file !== undefined) await fetch(client, file);
    };
    await boot();
    await boot();
    await delay(UNTIL_POWER_IS_BACK_MS);
    await boot();
    await delay(UNTIL_POWER_IS_BACK_MS);
    await boot();
    await boot();
    expect(offered).toEqual(['snponly.efi', 'shimx64.efi', 'ipxe.efi', undefined, undefined]);
    const tried = [
      { file: 'snponly.efi', failure: 'refused' },
      { file: 'shimx64.efi', failure: 'silent' },
      { file: 'ipxe.efi', failure: 'silent' },
    ];
    const stuck = { mac: client.mac, tried };
    expect(station.eventsOf('client.no-loader')).toMatchObject([stuck, stuck]);
    await using other = await bed.addClient({ mac: '52:54:00:1a:dd:02' });
    expect(await ask(other, station)).toBe('snponly.efi');
  });

  it('does not count what did not arrive whole, begins with what worked for a model, and keeps that', async () => {
    await using station = await Station.serve(bed, { image: IMAGE });
    await using first = await bed.addClient({ mac: '52:54:01:1a:dd:01' });
    for (let asked = 0; asked < 3; asked++) expect(await ask(first, station)).toBe('snponly.efi');
    await fetch(first, 'snponly.efi');
    await delay(UNTIL_POWER_IS_BACK_MS);
    expect(await ask(first, station)).toBe('ipxe.efi');
    await fetch(first, 'ipxe.efi');
    const model = 'manufacturer=Dell+Inc.&product=Latitude+5430';
    const query = `mac=${first.mac}&platform=efi&arch=x86_64&${model}`;
    await first.namespace.check(['curl', '--silent', '--fail', `http://${Bed.address}/machine.ipxe?${query}`]);

    await using second = await bed.addClient({ mac: '52:54:01:1a:dd:02' });
    expect(await ask(second, station)).toBe('ipxe.efi');
    expect(station.eventsOf('client.loader').at(-1)).toMatchObject({
      mac: second.mac,
      reason: 'worked-for-model',
      model: 'Dell Inc. Latitude 5430',
    });
    await using stranger = await bed.addClient({ mac: '52:54:02:1a:dd:01' });
    expect(await ask(stranger, station)).toBe('snponly.efi');

    const list = [process.execPath, CLI, 'hardware', 'list', '--json'];
    const notes: unknown = JSON.parse(await runChecked(list, { env: { FIELDBOOT_DATA: station.dataFolder } }));
    expect(notes).toMatchObject({
      machines: [{ mac: first.mac, firmware: 'uefi-x64', loader: 'ipxe.efi' }],
      models: [{ manufacturer: 'Dell Inc.', product: 'Latitude 5430', loader: 'ipxe.efi', macPrefixes: ['52:54:01'] }],
    });
  });
});
