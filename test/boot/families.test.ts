import { describe, expect, it } from 'vitest';
import type { FileKind } from '../../main/contract/events.ts';
import type { Firmware } from '../../main/contract/firmware.ts';
import { families, type Family, familyIso } from '../testbed/family-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { unknownIso } from '../testbed/unknown-iso.ts';
import { filesSentTo } from './files-sent.ts';

const BOOT_TIMEOUT_MS = 300_000;
const MEMORY_MIB = 512;
const MACHINES = [
  { firmware: 'bios', seenAs: 'bios', mac: '52:54:00:b1:05:31' },
  { firmware: 'uefi', seenAs: 'uefi-x64', mac: '52:54:00:0e:f1:31' },
] as const satisfies readonly { firmware: string; seenAs: Firmware; mac: string }[];

/** A BIOS and a UEFI machine boot the image side by side; `seen` looks at what each said until its login prompt. */
async function bootBoth(
  image: string,
  hostName: string,
  seen: (said: string, station: Station, machine: Machine) => void,
) {
  await using bed = await Bed.open();
  await using station = await Station.serve(bed, { image });
  await using machines = new AsyncDisposableStack();
  const running: Machine[] = [];
  for (const { firmware, mac } of MACHINES) {
    const options = { firmware, mac, memoryMiB: MEMORY_MIB, tap: await bed.addTap() };
    running.push(machines.use(await Machine.powerOn(bed.station, options)));
  }
  await station.explain(async () => {
    for (const machine of running) {
      await machine.waitForSerial(new RegExp(`${hostName} login:`), BOOT_TIMEOUT_MS);
      const said = await machine.serialText();
      expect(said).not.toMatch(/^FAILED .*/m);
      seen(said, station, machine);
    }
  });
  for (const { mac, seenAs } of MACHINES) {
    expect(station.eventsOf('dhcp.request').find((request) => request.mac === mac)).toMatchObject({ firmware: seenAs });
  }
  expect(station.eventsOf('engine.trouble')).toEqual([]);
}

const misfitsOf = (station: Station, mac: string): string[] =>
  station
    .eventsOf('client.misfit')
    .filter((event) => event.mac === mac)
    .flatMap(({ findings }) => findings.map(({ sentence }) => sentence));

/** casper fetches the disc whole, the others a file of it. */
const fetchedKind = { casper: 'image', 'dracut-live': 'system', archiso: 'system' } as const satisfies Record<
  Family,
  FileKind
>;
const alsoSaid: Readonly<Record<Family, readonly RegExp[]>> = {
  casper: [/^LABEL Ubuntu 24\.04\.1 LTS amd64/m],
  'dracut-live': [/^MAGIC hsqs$/m],
  archiso: [/^RANGE HTTP\/1.1 206/m, /^RANGE Content-Range: bytes 0-0\/\d+$/im, /^CHECKSUM RIGHT$/m],
};

const programs = ['qemu-system-x86_64', 'xorriso', 'grub-mkrescue', 'mformat', 'mksquashfs', 'bsdtar', 'busybox'];

describe.skipIf(!bedAvailable(...programs))('images of other distributions', () => {
  it.each(families)('%s: its system comes out of the image over HTTP, byte for byte', async (family) => {
    const { image, systemFileSha256 } = await familyIso(family);
    await bootBoth(image, family, (said, station, { mac }) => {
      expect(said).toMatch(new RegExp(`^FETCHED http://\\S+ ${systemFileSha256}$`, 'm'));
      for (const pattern of alsoSaid[family]) expect(said).toMatch(pattern);
      expect(filesSentTo(station, mac)).toEqual(expect.arrayContaining(['kernel', 'initrd', fetchedKind[family]]));
      expect(said).toMatch(new RegExp(`BOOTIF=01-${mac.replaceAll(':', '-')}`));
      // What these systems are known to need, and a small stand-in does not: told as soon as the loader said what there is.
      expect(misfitsOf(station, mac)).toEqual([
        expect.stringMatching(/^It has 512 MiB of memory, and this image needs \d+\.$/),
      ]);
    });
  });

  it('an image that no recipe knows boots by its own menu', async () => {
    await bootBoth(await unknownIso(), 'thing', (said, station, { mac }) => {
      expect(said).toMatch(/^MODE full$/m);
      expect(said).toMatch(/^ADDRESS 192\.168\.77\.\d+$/m);
      expect(misfitsOf(station, mac)).toEqual([]);
      expect(filesSentTo(station, mac)).toEqual(expect.arrayContaining(['kernel', 'initrd']));
    });
  });
});
