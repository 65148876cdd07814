import { describe, expect, it } from 'vitest';
import { identify } from '../../../../main/engine/images/identify.ts';
import { catalogue } from './catalogue/all.ts';
import { memoryImage } from './memory-image.ts';

const all = Object.values(catalogue).flat();

async function startOf(title: string) {
  const found = all.find((one) => one.title === title);
  if (found === undefined) throw new Error(`No image is called ${title}`);
  const image = await identify(memoryImage(found.image));
  const variant = image.entries.find(({ id }) => id === image.defaultEntryId)?.variants[0];
  return { image, variant };
}

/** What starts an entry, and on which firmware: as its files say, not as a person hopes. */
describe('how images are started', () => {
  it.each([
    ['Windows 11', ['bios', 'uefi-x64']],
    ['Windows 11 for arm64, with an ESD', ['uefi-arm64']],
    ['OpenBSD', ['bios']],
    ['XCP-ng', ['bios']],
    ['ESXi', ['uefi-x64']],
    ['DBAN', ['bios']],
    ['Talos for arm64 without a menu', ['uefi-arm64']],
    ['Rocky Linux for arm64 with nothing but a label', ['uefi-arm64']],
    ['Ubuntu Server 24.04', ['bios', 'uefi-x64']],
    ['Super GRUB2 Disk', ['bios', 'uefi-x64']],
    ['MemTest86 of PassMark', ['uefi-x64']],
  ])('%s on %j', async (title, firmware) => {
    const { image, variant } = await startOf(title);
    expect(variant?.firmware).toEqual(firmware);
    expect(image.firmware).toEqual(firmware);
  });

  it('asks for wimboot where Windows is started, and hands it what lies beside the image', async () => {
    const { image, variant } = await startOf('Windows 10');
    expect(image.suppliedLoaders).toEqual(['wimboot']);
    expect(variant).toMatchObject({ kernel: 'sources/boot.wim', initrds: ['boot/bcd', 'boot/boot.sdi'] });
    expect(image.extracted.map(({ path }) => path)).toEqual(['sources/boot.wim', 'boot/bcd', 'boot/boot.sdi']);
    expect((await startOf('Debian DVD')).image.suppliedLoaders).toBeUndefined();
  });

  it('starts Xen with the kernel and the installer as its modules', async () => {
    const { image, variant } = await startOf('XCP-ng');
    expect(variant).toMatchObject({
      hypervisor: { path: 'boot/xen.gz', commandLine: expect.stringContaining('dom0_mem=max:8192M') as string },
      kernel: 'boot/vmlinuz',
      initrds: ['install.img'],
    });
    expect(image.extracted.map(({ path }) => path)).toEqual(['boot/xen.gz', 'boot/vmlinuz', 'install.img']);
  });

  it.each([
    ['Rocky Linux', 'kickstart', 'inst.ks={http}/answer/{name}'],
    ['Ubuntu Server 24.04', 'cloud-init', 'autoinstall ds=nocloud-net;s={http}/answer/'],
    ['openSUSE Leap 15', 'autoyast', 'autoyast={http}/answer/{name}'],
    ['Fedora CoreOS', 'plain', 'ignition.config.url={http}/answer/{name}'],
    ['ESXi', 'plain', 'ks={http}/answer/{name}'],
  ])('tells %s of a %s', async (title, format, words) => {
    const { image } = await startOf(title);
    expect([image.answerFileFormat, image.answerFileArguments]).toEqual([format, words]);
  });

  it('promises no answer file to an image that cannot be booted', async () => {
    const { image } = await startOf('Tails, which knows no network while it starts');
    expect(image.answerFileArguments).toBeUndefined();
    expect(image.memoryNeededMiB).toBeUndefined();
    expect(image.defaultEntryId).toBe('');
  });

  it('keeps whole discs out of the boot tree', async () => {
    for (const title of ['OpenBSD', 'Super GRUB2 Disk']) {
      expect((await startOf(title)).image.extracted).toEqual([]);
    }
    const { image } = await startOf('Proxmox VE 8.1');
    expect(image.extracted.map(({ path }) => path)).toEqual(['boot/linux26', 'boot/initrd.img']);
  });
});
