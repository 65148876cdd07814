import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouterSettings } from '../../main/contract/session.ts';
import { firstLoader } from '../../main/engine/boot/loader-rungs.ts';
import { dhcpOption } from '../../main/engine/dhcp/options.ts';
import type { DhcpPacket } from '../../main/engine/dhcp/packet.ts';
import { routerSettings } from '../../main/engine/dhcp/router-settings.ts';
import { clientPacket, decoded, pxeRom, valueOf } from '../main/engine/dhcp/scripted-client.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Bed, type ClientNamespace } from '../testbed/namespace.ts';
import { Wire } from '../testbed/wire.ts';

/** The settings that a person is given for a router, in the servers that routers run: each machine is told to come to the station. */

const STATION = Bed.address;
const ROUTER = '192.168.77.254';
const baseUrl = `http://${STATION}`;
const settings = routerSettings({ address: STATION, baseUrl, loaderFor: firstLoader });
const textFor = (server: RouterSettings['server']): string => settings.find((one) => one.server === server)?.text ?? '';

const servers: Readonly<Record<'dnsmasq' | 'dhcpd', { configuration: string; command: (folder: string) => string[] }>> =
  {
    dnsmasq: {
      configuration: `port=0\nbind-interfaces\nno-ping\ndhcp-range=192.168.77.50,192.168.77.90\n${textFor('dnsmasq')}\n`,
      command: (folder) =>
        `dnsmasq --keep-in-foreground --log-facility=- --user=root --interface=eth0
        --conf-file=${folder}/configuration --dhcp-leasefile=${folder}/leases`.split(/\s+/),
    },
    dhcpd: {
      configuration: `ping-check false;\n${textFor('dhcpd')}\nsubnet 192.168.77.0 netmask 255.255.255.0 { range 192.168.77.50 192.168.77.90; }\n`,
      command: (folder) =>
        `dhcpd -f -d -cf ${folder}/configuration -lf ${folder}/leases -pf ${folder}/pid eth0`.split(' '),
    },
  };

const folderOfPackets = join(import.meta.dirname, '../fixtures/dhcp/captured');
/** With the broadcast flag: its MAC is not the one of this bench's client. */
function captured(name: string): Uint8Array {
  const text = readFileSync(join(folderOfPackets, `${name}.hex`), 'utf8');
  const bytes = Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
  bytes[10] = 0x80;
  return bytes;
}

describe.skipIf(!bedAvailable('dnsmasq', 'dhcpd')).each(['dnsmasq', 'dhcpd'] as const)(
  '%s with its settings',
  (name) => {
    const stack = new AsyncDisposableStack();
    let wire: Wire;
    beforeAll(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'fieldboot-router-'));
      stack.defer(() => rm(folder, { recursive: true, force: true }));
      const bed = stack.use(await Bed.open());
      const router: ClientNamespace = await bed.addClient({ address: `${ROUTER}/24` });
      const { configuration, command } = servers[name];
      await writeFile(join(folder, 'configuration'), configuration);
      await writeFile(join(folder, 'leases'), '');
      const server = router.namespace.spawn(command(folder));
      await server.waitForLine(/started|Server starting service/, 15_000);
      wire = stack.use(await Wire.open(await bed.addClient()));
    });
    afterAll(async () => await stack.disposeAsync());

    async function offerTo(discover: Uint8Array): Promise<DhcpPacket> {
      const before = wire.heard.length;
      wire.send(discover, '0.0.0.0:68', '255.255.255.255:67');
      await expect.poll(() => wire.heard.length, { timeout: 10_000 }).toBeGreaterThan(before);
      return decoded(wire.heard[before]?.bytes ?? new Uint8Array(0));
    }
    const vendorOf = (offer: DhcpPacket): string | undefined => text(valueOf(offer, dhcpOption.vendorClass));
    const text = (value: string | undefined): string | undefined => value?.replace(/\0+$/, '');

    it.each<[string, Uint8Array, string]>([
      ['a BIOS', clientPacket('DISCOVER', { options: pxeRom }), 'undionly.kpxe'],
      ['the iPXE ROM of a BIOS', captured('bios-ipxe-rom-discover'), `${baseUrl}/boot.ipxe`],
      ['UEFI', captured('uefi-x64-pxe-discover'), 'snponly.efi'],
      ['iPXE that UEFI loaded', captured('uefi-x64-chained-ipxe-discover'), `${baseUrl}/boot.ipxe`],
      ['UEFI HTTP Boot', captured('uefi-x64-http-boot-discover'), `${baseUrl}/snponly.efi`],
    ])('sends %s to the station', async (who, discover, bootFile) => {
      const offer = await offerTo(discover);
      expect(offer.yiaddr).toMatch(/^192\.168\.77\./);
      const file = offer.file === '' ? text(valueOf(offer, dhcpOption.bootFileName)) : offer.file;
      expect(file).toBe(bootFile);
      // A URL says where; a name does not.
      expect({
        server: bootFile.startsWith('http') ? STATION : offer.siaddr,
        isHttp: vendorOf(offer) === 'HTTPClient',
      }).toEqual({
        server: STATION,
        isHttp: who === 'UEFI HTTP Boot',
      });
    });
  },
);
