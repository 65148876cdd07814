import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { fontInside, screenText, vgaFont } from '../testbed/screen-text.ts';
import { Station } from '../testbed/station.ts';
import { filesSentTo } from './files-sent.ts';

/** The image of Debian 13's package memtest86+ as it is: test/testbed/images.json pins it, set-up fetches it. */
const IMAGE = resolve(import.meta.dirname, '../../.testbed/memtest86+x64.iso');
const BOOT_TIMEOUT_MS = 150_000;

describe.skipIf(!bedAvailable('qemu-system-x86_64'))('memtest86+', () => {
  it.each([
    // The network ROM of QEMU's BIOS machines is an iPXE itself: it is sent no loader, but the script at once.
    { firmware: 'bios', seenAs: 'bios', mac: '52:54:00:b1:05:02', files: ['script', 'kernel'] },
    { firmware: 'uefi', seenAs: 'uefi-x64', mac: '52:54:00:0e:f1:02', files: ['loader', 'script', 'kernel'] },
  ] as const)('tests the memory of a machine with $firmware', async ({ firmware, seenAs, mac, files }) => {
    await access(IMAGE).catch(() => {
      throw new Error(`${IMAGE} is not there: run "npm run setup -- --for-tests"`);
    });
    // Text mode shows the font of the card; on UEFI the program draws its own, which is in its image.
    const font = new Map([...vgaFont(), ...fontInside(IMAGE)]);

    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image: IMAGE });
    await using machine = await Machine.powerOn(bed.station, {
      firmware,
      mac,
      tap: await bed.addTap(),
      memoryMiB: 512,
    });

    await station.explain(async () => {
      let shown: readonly string[] = [];
      try {
        await machine.waitFor(
          'running memory test on the display',
          async () => {
            shown = screenText(await machine.screen(), font);
            return /Memtest86\+ v7\.20/.test(shown[0] ?? '') && shown.some((row) => /Status: Testing/.test(row))
              ? true
              : undefined;
          },
          BOOT_TIMEOUT_MS,
        );
      } catch (error) {
        const display = shown.filter((row) => row !== '').join('\n');
        throw new Error(`${String(error)}\n--- Its display:\n${display}`, { cause: error });
      }
      expect(station.eventsOf('dhcp.request')[0]).toMatchObject({ mac, firmware: seenAs });
      expect(filesSentTo(station, mac)).toEqual(expect.arrayContaining([...files]));
    });

    expect(await station.stop()).toMatchObject({ code: 0 });
    expect(station.eventsOf('engine.trouble')).toEqual([]);
  });
});
