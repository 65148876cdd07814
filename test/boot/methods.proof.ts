import { copyFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runChecked } from '../testbed/command.ts';
import { netbootInstallerFolder } from '../testbed/debian-installer-iso.ts';
import { bedAvailable } from '../testbed/gate.ts';
import { Machine } from '../testbed/machine.ts';
import { Bed } from '../testbed/namespace.ts';
import { Station } from '../testbed/station.ts';

/** Starts that are no kernel's: a disc read over HTTP, a disc in memory, a hypervisor with its modules. */

const BOOT_TIMEOUT_MS = 300_000;
const SERIAL = 'serial --unit=0 --speed=115200\nterminal_output serial\n';

let work: string;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'fieldboot-methods-'));
});
afterAll(async () => await rm(work, { recursive: true, force: true }));

async function writeTree(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const tree = join(work, name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }
  return tree;
}

interface Boot {
  readonly firmware: 'bios' | 'uefi';
  readonly mac: string;
  readonly memoryMiB?: number;
  readonly says: RegExp;
}

async function bootAndWait(image: string, { firmware, mac, memoryMiB = 512, says }: Boot): Promise<Station['events']> {
  await using bed = await Bed.open();
  await using station = await Station.serve(bed, { image });
  await using machine = await Machine.powerOn(bed.station, { firmware, mac, memoryMiB, tap: await bed.addTap() });
  await station.explain(async () => await machine.waitForSerial(says, BOOT_TIMEOUT_MS));
  return [...station.events];
}

const programs = ['qemu-system-x86_64', 'xorriso', 'grub-mkrescue', 'mformat'];

describe.skipIf(!bedAvailable(...programs))('a disc that is read over HTTP', () => {
  const build = async (): Promise<string> => {
    const tree = await writeTree('san', {
      'boot/grub/grub.cfg': `${SERIAL}source /boot/grub/sgd/main.cfg\n`,
      'boot/grub/sgd/main.cfg': '# Super GRUB2 Disk\ncat /deep/below/words.txt\nsleep 600\n',
      'deep/below/words.txt': 'READ FROM THE DISC\n',
      'EFI/BOOT/bootx64.efi': 'beside the one in the boot image\n',
    });
    const image = join(work, 'san.iso');
    await runChecked(['grub-mkrescue', '-o', image, tree, '--', '-volid', 'SUPERGRUB'], { timeoutMs: 120_000 });
    return image;
  };

  it.each([
    { firmware: 'bios', mac: '52:54:00:b1:05:61' },
    { firmware: 'uefi', mac: '52:54:00:0e:f1:61' },
  ] as const)('lets its GRUB go on reading it on $firmware', async (machine) => {
    const events = await bootAndWait(await build(), { ...machine, says: /READ FROM THE DISC/ });
    expect(events.filter(({ type }) => type === 'engine.trouble')).toEqual([]);
  });
});

describe.skipIf(!bedAvailable(...programs))('a disc in memory', () => {
  it('starts its loader, which finds the disc by the BIOS', async () => {
    const tree = await writeTree('memdisk', {
      'freedos/version.fdi': 'FreeDOS 1.3\n',
      'isolinux/isolinux.cfg': 'serial 0 115200\nprompt 1\n',
    });
    await copyFile('/usr/lib/ISOLINUX/isolinux.bin', join(tree, 'isolinux/isolinux.bin'));
    await copyFile('/usr/lib/syslinux/modules/bios/ldlinux.c32', join(tree, 'isolinux/ldlinux.c32'));
    const image = join(work, 'memdisk.iso');
    const boot = '-c isolinux/boot.cat -b isolinux/isolinux.bin -no-emul-boot -boot-load-size 4 -boot-info-table';
    await runChecked(`xorriso -as mkisofs -quiet -R -V FD13LIVE ${boot} -o ${image} ${tree}`.split(' '));
    const events = await bootAndWait(image, { firmware: 'bios', mac: '52:54:00:b1:05:62', says: /ISOLINUX[^]*boot:/ });
    expect(events.filter(({ type }) => type === 'engine.trouble')).toEqual([]);
  });
});

/** Of Debian's package xen-hypervisor-*-amd64, which tests do not install by themselves: it changes the boot menu of its computer. */
const xenFolder = process.env['FIELDBOOT_XEN'] ?? '/boot';
const hypervisor = (await readdir(xenFolder).catch(() => [])).find((name) => /^xen-.*-amd64\.gz$/.test(name));

describe.skipIf(!bedAvailable(...programs) || hypervisor === undefined)('a hypervisor', () => {
  it('starts with kernel and initial RAM disk as its modules', async () => {
    const tree = await writeTree('xen', { '.treeinfo': '[branding]\nname = XCP-ng\nversion = 8.3.0\n' });
    await mkdir(join(tree, 'boot'), { recursive: true });
    const installer = await netbootInstallerFolder();
    await cp(join(xenFolder, hypervisor ?? ''), join(tree, 'boot/xen.gz'));
    await cp(join(installer, 'linux'), join(tree, 'boot/vmlinuz'));
    await cp(join(installer, 'initrd.gz'), join(tree, 'install.img'));
    const image = join(work, 'xen.iso');
    await runChecked(`xorriso -as mkisofs -quiet -R -V XCP-ng -o ${image} ${tree}`.split(' '));
    const says = /\*\*\* Building a PV Dom0|LOADING DOMAIN 0|Dom0 has maximum|Linux version/;
    const events = await bootAndWait(image, { firmware: 'bios', mac: '52:54:00:b1:05:63', memoryMiB: 1024, says });
    expect(events.filter(({ type }) => type === 'engine.trouble')).toEqual([]);
  });
});
