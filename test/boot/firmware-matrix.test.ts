import { describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import type { MachineFirmware } from '../testbed/machine-arguments.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { LINUX_RUNS, SECURE_BOOT_IS_ON, tinyLinuxIso } from '../testbed/tiny-linux-iso.ts';
import { startOfficeDhcp } from '../testbed/office-dhcp.ts';

const BOOT_TIMEOUT_MS = 300_000;

interface Case {
  readonly firmware: MachineFirmware;
  readonly mac: string;
  /** Loaders that it is offered, in order. */
  readonly loaders: readonly string[];
}

const allCases: readonly Case[] = [
  // The network ROM of QEMU's BIOS machines is an iPXE itself: it needs no loader.
  { firmware: 'bios', mac: '52:54:00:fb:00:01', loaders: [] },
  { firmware: 'uefi', mac: '52:54:00:fb:00:02', loaders: ['snponly.efi'] },
  { firmware: 'uefi-http', mac: '52:54:00:fb:00:03', loaders: ['snponly.efi'] },
  { firmware: 'uefi-secure-boot', mac: '52:54:00:fb:00:04', loaders: ['snponly.efi', 'shimx64.efi'] },
];

/** Real firmware of every kind, switched on at once, each to a running Linux with nothing set by hand. */
describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'busybox', 'dnsmasq'))(
  'machines with other firmware',
  () => {
    it.each([
      // BIOS and plain UEFI beside no other server are what most of the other tests here boot.
      { who: 'the station', mode: 'dhcp', cases: allCases.slice(2) },
      { who: 'another server', mode: 'proxy', cases: allCases },
    ] as const)('boot side by side where $who hands out the addresses', async ({ mode, cases }) => {
      const image = await tinyLinuxIso();
      await using bed = await Bed.open();
      await using _office = mode === 'proxy' ? await startOfficeDhcp(bed) : undefined;
      await using station = await Station.serve(bed, { image, words: ['--mode', 'auto'] });
      await station.waitForEvent('session.mode', (event) => event.mode === mode, 30_000);
      await using machines = new AsyncDisposableStack();

      const boot = async ({ firmware, mac, loaders }: Case): Promise<void> => {
        const tap = await bed.addTap();
        const options = { firmware, mac, tap, memoryMiB: 512, ipv6: false };
        const machine = machines.use(await Machine.powerOn(bed.station, options));
        await machine.waitForSerial(LINUX_RUNS, BOOT_TIMEOUT_MS);
        expect(SECURE_BOOT_IS_ON.test(await machine.serialText())).toBe(firmware === 'uefi-secure-boot');
        const offered = station.eventsOf('client.loader').filter((event) => event.mac === mac);
        expect(offered.map(({ loader }) => loader)).toEqual(loaders);
      };
      await station.explain(async () => await Promise.all(cases.map(boot)));
      const refused = station.eventsOf('client.loader').filter(({ reason }) => reason === 'refused');
      expect(refused).toMatchObject([{ mac: cases.at(-1)?.mac, loader: 'shimx64.efi', previous: 'snponly.efi' }]);
      const planned = new Set(station.eventsOf('client.planned').map(({ mac }) => mac));
      expect([...planned].toSorted()).toEqual(cases.map(({ mac }) => mac));
    });
  },
);
