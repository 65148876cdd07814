import { describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { startOfficeDhcp } from '../testbed/office-dhcp.ts';
import { Station } from '../testbed/station.ts';
import { LINUX_RUNS, tinyLinuxIso } from '../testbed/tiny-linux-iso.ts';

const BOOT_TIMEOUT_MS = 300_000;

describe.skipIf(!bedAvailable('qemu-system-aarch64', 'xorriso', 'busybox', 'dnsmasq'))(
  'a UEFI machine with an arm64 processor',
  () => {
    it.each([
      { who: 'the station', mode: 'dhcp' },
      { who: 'another server', mode: 'proxy' },
    ] as const)(
      'boots the kernel of the Debian installer for arm64 where $who hands out the addresses',
      async ({ mode }) => {
        const image = await tinyLinuxIso('arm64');
        await using bed = await Bed.open();
        await using _office = mode === 'proxy' ? await startOfficeDhcp(bed) : undefined;
        await using station = await Station.serve(bed, { image, words: ['--mode', 'auto'] });
        await station.waitForEvent('session.mode', (event) => event.mode === mode, 30_000);
        const mac = '52:54:00:a6:64:01';
        const tap = await bed.addTap();
        await using machine = await Machine.powerOn(bed.station, { firmware: 'uefi-arm64', mac, tap, memoryMiB: 512 });
        await station.explain(async () => {
          await machine.waitForSerial(LINUX_RUNS, BOOT_TIMEOUT_MS);
        });
        expect(station.eventsOf('client.loader')).toMatchObject([{ mac, loader: 'ipxe-arm64.efi', reason: 'first' }]);
      },
    );
  },
);
