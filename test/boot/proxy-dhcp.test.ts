import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileKind } from '../../main/contract/events.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { filesSentTo } from './files-sent.ts';

/** Machines that get their addresses from a router, and are only told by the station what to boot. */

const image = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');
const BOOT_TIMEOUT_MS = 300_000;
const ROUTER = '192.168.77.254';

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'dnsmasq'))('beside a router', () => {
  it('a BIOS and a UEFI boot the kernel of the station, which finds out by itself that it is no DHCP server here', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fieldboot-router-'));
    await using bed = await Bed.open();
    const router = await bed.addClient({ address: `${ROUTER}/24` });
    const dnsmasq = router.namespace.spawn([
      'dnsmasq',
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--port=0',
      `--interface=${router.interfaceName}`,
      '--bind-interfaces',
      '--dhcp-range=192.168.77.50,192.168.77.90',
      `--dhcp-leasefile=${join(folder, 'leases')}`,
      '--log-facility=-',
    ]);
    await dnsmasq.waitForLine(/started/, 10_000);
    await using station = await Station.serve(bed, { image });
    await station.waitForEvent('session.mode', ({ mode }) => mode === 'proxy', 20_000);

    const memory = { memoryMiB: 512 };
    await using bios = await Machine.powerOn(bed.station, {
      ...memory,
      firmware: 'bios',
      mac: '52:54:00:b1:05:07',
      tap: await bed.addTap(),
    });
    await using uefi = await Machine.powerOn(bed.station, {
      ...memory,
      firmware: 'uefi',
      mac: '52:54:00:0e:f1:07',
      tap: await bed.addTap(),
    });
    const kernelStarts = async ({ mac }: Machine): Promise<readonly FileKind[]> => {
      await station.waitForEvent('client.planned', (event) => event.mac === mac, BOOT_TIMEOUT_MS);
      const sent = (): readonly FileKind[] | undefined => {
        const kinds = filesSentTo(station, mac);
        return kinds.includes('kernel') ? kinds : undefined;
      };
      await expect.poll(sent, { timeout: BOOT_TIMEOUT_MS, interval: 500 }).toBeDefined();
      return filesSentTo(station, mac);
    };
    await station.explain(async () => {
      const [biosFiles, uefiFiles] = await Promise.all([kernelStarts(bios), kernelStarts(uefi)]);
      expect(biosFiles).toEqual(expect.arrayContaining(['script', 'kernel']));
      expect(uefiFiles).toEqual(expect.arrayContaining(['loader', 'script', 'kernel']));
    });
    // Not one address came from here.
    expect(station.eventsOf('dhcp.reply').filter(({ address }) => address !== undefined)).toEqual([]);
    const leased = dnsmasq.lines.filter((line) => line.includes('DHCPACK'));
    expect(leased.some((line) => line.includes(bios.mac)) && leased.some((line) => line.includes(uefi.mac))).toBe(true);
    expect(await station.stop()).toMatchObject({ code: 0 });
    await rm(folder, { recursive: true, force: true });
  });
});
