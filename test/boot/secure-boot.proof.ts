import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChecked } from '../testbed/command.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { type BuiltIso, buildIso } from '../testbed/iso-builder.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';
import { LINUX_RUNS, SECURE_BOOT_IS_ON, tinyLinuxFiles, tinyLinuxIso } from '../testbed/tiny-linux-iso.ts';

const BOOT_TIMEOUT_MS = 400_000;
const LOADERS = resolve(import.meta.dirname, '../../.loaders');
/** A key that Debian's package of the firmware has in its list, for tests. */
const KEY = '/usr/share/ovmf/PkKek-1-snakeoil';

describe.skipIf(!bedAvailable('qemu-system-x86_64', 'xorriso', 'busybox', 'sbsign', 'openssl'))('Secure Boot', () => {
  it('heals in the same power-on, also where the firmware looks for IPv6 in between', async () => {
    const image = await tinyLinuxIso();
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image });
    const mac = '52:54:00:5b:00:01';
    const tap = await bed.addTap();
    await using machine = await Machine.powerOn(bed.station, {
      firmware: 'uefi-secure-boot',
      mac,
      tap,
      memoryMiB: 512,
    });
    await station.explain(async () => {
      await machine.waitForSerial(LINUX_RUNS, BOOT_TIMEOUT_MS);
      expect(await machine.serialText()).toMatch(SECURE_BOOT_IS_ON);
    });
    expect(station.eventsOf('client.loader')).toMatchObject([
      { mac, loader: 'snponly.efi', reason: 'first' },
      { mac, loader: 'shimx64.efi', reason: 'refused', previous: 'snponly.efi' },
    ]);
  });

  it('starts a kernel of another vendor by the shim and GRUB of its own image', async () => {
    await using image = await vendorIso();
    await using bed = await Bed.open();
    await using station = await Station.serve(bed, { image: image.path });
    const mac = '52:54:00:5b:00:02';
    const tap = await bed.addTap();
    const options = { firmware: 'uefi-other-keys', mac, tap, memoryMiB: 512, ipv6: false } as const;
    await using machine = await Machine.powerOn(bed.station, options);
    await station.explain(async () => {
      await machine.waitForSerial(LINUX_RUNS, BOOT_TIMEOUT_MS);
      expect(await machine.serialText()).toMatch(SECURE_BOOT_IS_ON);
    });
    expect(station.eventsOf('client.loader').map(({ loader }) => loader)).toEqual([
      'snponly.efi',
      'image-loader/shimx64.efi',
    ]);
  });
});

/** A disc whose kernel and GRUB are signed by a vendor that only its own shim, and this bed's firmware, knows. */
async function vendorIso(): Promise<BuiltIso> {
  const work = await mkdtemp(join(tmpdir(), 'fieldboot-vendor-'));
  try {
    await runChecked(['openssl', 'rsa', '-passin', 'pass:snakeoil', '-in', `${KEY}.key`, '-out', join(work, 'key')]);
    const signed = async (name: string, bytes: Uint8Array, keepsOthers: boolean): Promise<Buffer> => {
      const path = join(work, name);
      await writeFile(path, bytes);
      if (!keepsOthers) await runChecked(['sbattach', '--remove', path]);
      await runChecked(['sbsign', '--key', join(work, 'key'), '--cert', `${KEY}.pem`, '--output', path, path]);
      return await readFile(path);
    };
    const files = await tinyLinuxFiles('amd64', work);
    return await buildIso({
      label: 'VENDOR_LINUX',
      files: {
        ...files,
        linux: await signed('linux', files.linux, false),
        'EFI/BOOT/BOOTX64.EFI': await signed('shim', await readFile(join(LOADERS, 'shimx64.efi')), true),
        'EFI/BOOT/grubx64.efi': await signed('grub', await readFile(join(LOADERS, 'grubx64.efi')), false),
      },
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
