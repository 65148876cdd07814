import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { imageDescriptionSchema, type ImageDescription } from '../../../../main/contract/image.ts';
import { identify } from '../../../../main/engine/images/identify.ts';
import { openImageFile } from '../../../../main/engine/iso/open-image.ts';
import * as layouts from './layouts.ts';
import { debianKernel, kernelBytes, memoryImage, type MemoryImageOptions } from './memory-image.ts';

const describeImage = async (options: MemoryImageOptions): Promise<ImageDescription> =>
  await identify(memoryImage(options));

const memtest = (file: string, machine: 'x64' | 'ia32', version: string): MemoryImageOptions => ({
  label: `MT86PLUS_${machine === 'x64' ? 64 : 32}`,
  files: {
    [`EFI/BOOT/${file}`]: kernelBytes({ machine, version: `Memtest86+ v${version}` }),
    'boot/floppy.img': 1_474_560,
    'boot.catalog': 2048,
  },
});

describe('identify', () => {
  it.each([
    ['Debian netinst', layouts.netinst, 'debian-netinst', 'Debian 12.5.0 network installer (netinst)', '12.5.0'],
    ['Debian DVD', layouts.dvd, 'debian-dvd', 'Debian 12.5.0 installer', '12.5.0'],
    ['Debian arm64', layouts.arm64Netinst, 'debian-netinst', 'Debian 12.5.0 network installer (netinst)', '12.5.0'],
    ['Debian mini.iso', layouts.miniIso, 'debian-netboot', 'Debian network installer (netboot)', undefined],
    ['Debian netboot tree', layouts.netbootTree, 'debian-netboot', 'Debian 12 network installer (netboot)', '12'],
    ['Debian live', layouts.debianLive, 'debian-live', 'Debian 12.5.0 live', '12.5.0'],
    ['another live-boot system', layouts.otherLive, 'live-boot', 'Debian-based live system', undefined],
    ['Memtest86+ 6', memtest('bootx64.efi', 'x64', '6.10'), 'memtest86plus', 'Memtest86+ 6.10', '6.10'],
    ['Memtest86+ 7', memtest('BOOTX64.EFI', 'x64', '7.20'), 'memtest86plus', 'Memtest86+ 7.20', '7.20'],
    ['Memtest86+ 32-bit', memtest('bootia32.efi', 'ia32', '6.10'), 'memtest86plus', 'Memtest86+ 6.10', '6.10'],
    ['Ubuntu', layouts.ubuntu, 'ubuntu-desktop', 'Ubuntu 24.04', '24.04'],
    ['an unknown GRUB menu', layouts.unknownGrub, 'generic', 'ACME OS 4 "Road Runner"', undefined],
    ['syslinux only', layouts.syslinuxOnly, 'generic', 'alpine-std 3.19.1 x86_64', undefined],
  ])('knows %s', async (_title, options, recipe, name, version) => {
    const description = await describeImage(options);
    expect(description).toMatchObject({ recipe, name });
    expect(description.version).toBe(version);
    expect(imageDescriptionSchema.parse(description)).toEqual(description);
    expect(description.evidence.length).toBeGreaterThan(0);
  });

  it('knows how the installers are told of an answer file, and that others are not', async () => {
    const installer = await describeImage(layouts.netinst);
    expect(installer.answerFileArguments).toBe(
      'auto=true priority=critical netcfg/no_default_route=true netcfg/get_nameservers={ip} url={http}/answer/{name}',
    );
    expect((await describeImage(layouts.debianLive)).answerFileArguments).toBeUndefined();
  });

  it('goes by content, not by name', async () => {
    const named = await describeImage({ ...layouts.netinst, path: '/isos/memtest86+.iso' });
    expect(named.recipe).toBe('debian-netinst');
    const notMemtest = memtest('bootx64.efi', 'x64', '6.10');
    const files = { ...notMemtest.files, 'EFI/BOOT/bootx64.efi': kernelBytes({ machine: 'x64', version: '6.1.0' }) };
    expect((await describeImage({ ...notMemtest, files })).recipe).toBe('generic');
  });

  it('puts the BIOS and the UEFI menu of a Debian netinst together', async () => {
    const { entries, defaultEntryId, firmware, secureBoot, architecture } = await describeImage(layouts.netinst);
    expect({ defaultEntryId, firmware, secureBoot, architecture }).toEqual({
      defaultEntryId: 'graphical-install',
      firmware: ['bios', 'uefi-x64'],
      secureBoot: 'yes',
      architecture: 'x86_64',
    });
    expect(entries.map(({ id, title, destructive }) => ({ id, title, destructive }))).toEqual([
      { id: 'graphical-install', title: 'Graphical install', destructive: true },
      { id: 'install', title: 'Install', destructive: true },
      { id: 'advanced-options-expert-install', title: 'Advanced options: Expert install', destructive: true },
      { id: 'advanced-options-rescue-mode', title: 'Advanced options: Rescue mode', destructive: false },
    ]);
    expect(entries[1]?.variants).toEqual([
      {
        firmware: ['bios', 'uefi-x64'],
        method: 'linux',
        kernel: 'install.amd/vmlinuz',
        initrds: ['install.amd/initrd.gz'],
        commandLine: 'vga=788 --- quiet',
      },
    ]);
  });

  it('warns of an installer that only looks for a CD', async () => {
    for (const options of [layouts.netinst, layouts.dvd]) {
      expect((await describeImage(options)).warnings.join()).toContain('cannot fetch them over the network');
    }
    for (const options of [layouts.miniIso, layouts.netbootTree]) {
      expect((await describeImage(options)).warnings).toEqual([]);
    }
  });

  it('keeps what the menu says for each firmware, such as a serial console', async () => {
    const { entries } = await describeImage({
      files: {
        'debian-installer/amd64/linux': debianKernel,
        'debian-installer/amd64/initrd.gz': 4096,
        'isolinux/isolinux.cfg':
          'LABEL install\n MENU LABEL ^Install\n KERNEL /debian-installer/amd64/linux\n APPEND initrd=/debian-installer/amd64/initrd.gz console=ttyS0,115200n8 cdrom-detect/try-usb=true --- quiet\n',
        'boot/grub/grub.cfg':
          'set tty="console=ttyS1"\nmenuentry "Install" { linux /debian-installer/amd64/linux $tty --- quiet; initrd /debian-installer/amd64/initrd.gz\n}\n',
      },
    });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.variants.map(({ firmware, commandLine }) => [firmware, commandLine])).toEqual([
      [['bios'], 'console=ttyS0,115200n8 --- quiet'],
      [['uefi-x64'], 'console=ttyS1 --- quiet'],
    ]);
  });

  it('lets a live system fetch itself, and asks for the memory that it then takes', async () => {
    const { entries, memoryNeededMiB, destructive } = await describeImage(layouts.debianLive);
    expect(entries.map(({ title, destructive }) => [title, destructive])).toEqual([
      ['Live system (amd64)', false],
      ['Start installer', true],
    ]);
    expect(entries[0]?.variants[0]?.commandLine).toBe(
      'boot=live components quiet splash fetch={http}/{iso}/live/filesystem.squashfs rootfstype=ramfs BOOTIF=01-{mac-}',
    );
    expect(entries[1]?.variants[0]?.commandLine).toBe('vga=788 --- quiet');
    expect(memoryNeededMiB).toBe(512 + 3 + 2);
    expect(destructive).toBe(false);
  });

  it('has entries of its own where a known layout has no menu', async () => {
    const live = await describeImage(layouts.otherLive);
    expect(live.entries.map(({ id }) => id)).toEqual(['live-system']);
    expect(live.entries[0]?.variants[0]).toMatchObject({ kernel: 'live/vmlinuz', initrds: ['live/initrd.img'] });
    const installer = await describeImage(layouts.netbootTree);
    expect(installer.entries.map(({ id, destructive }) => [id, destructive])).toEqual([
      ['install', true],
      ['rescue-mode', false],
    ]);
  });

  it('tells BIOS and UEFI apart for a file that is kernel and EFI application at once', async () => {
    const { entries, secureBoot, destructive } = await describeImage(memtest('bootx64.efi', 'x64', '7.20'));
    expect(entries[0]?.variants.map(({ firmware, method }) => [firmware, method])).toEqual([
      [['bios'], 'linux'],
      [['uefi-x64'], 'efi'],
    ]);
    expect({ secureBoot, destructive }).toEqual({ secureBoot: 'no', destructive: false });
    const ia32 = await describeImage(memtest('bootia32.efi', 'ia32', '6.10'));
    expect(ia32.firmware).toEqual(['bios', 'uefi-ia32']);
  });

  it('offers the menu of an image that it does not know, and says so', async () => {
    const unknown = await describeImage(layouts.unknownGrub);
    expect(unknown.entries.map(({ title, destructive }) => [title, destructive])).toEqual([['Start ACME OS', true]]);
    expect(unknown.secureBoot).toBe('no');
    expect(unknown.warnings.join()).toContain('No recipe knows this image');
    expect(unknown).toMatchObject({
      confidence: { identity: 'menu', boot: 'inferred' },
      netboot: { possible: true },
    });
    const alpine = await describeImage(layouts.syslinuxOnly);
    expect(alpine.entries[0]?.variants[0]).toEqual({
      firmware: ['bios', 'uefi-x64'],
      method: 'linux',
      kernel: 'boot/vmlinuz-lts',
      initrds: ['boot/initramfs-lts'],
      commandLine: 'modules=loop,squashfs,sd-mod,usb-storage quiet',
    });
  });

  it('goes by the loaders of the image where a kernel does not say what starts it', async () => {
    const files = {
      'isolinux/isolinux.cfg': 'label a\n kernel /k\n',
      k: 'no header',
    };
    expect((await describeImage({ files, boots: ['bios'] })).firmware).toEqual(['bios']);
    const both = { ...files, 'EFI/BOOT/BOOTX64.EFI': 'x', 'boot/grub/grub.cfg': 'menuentry a { linux /k\n}' };
    expect((await describeImage({ files: both })).firmware).toEqual(['bios']);
    const arm = { 'EFI/BOOT/BOOTAA64.EFI': 'x', 'boot/grub/grub.cfg': 'menuentry a { linux /k\n}', k: 'no header' };
    expect((await describeImage({ files: arm, boots: ['uefi'] })).firmware).toEqual(['uefi-arm64']);
  });

  it('leaves out entries whose files are missing, and says which', async () => {
    const { entries, warnings } = await describeImage({
      files: {
        k: kernelBytes(),
        'isolinux.cfg':
          'label good\n kernel /k\nlabel no kernel\n kernel /gone\nlabel no initrd\n kernel /k\n append initrd=/gone\n',
      },
    });
    expect(entries.map(({ id }) => id)).toEqual(['good']);
    expect(warnings.join()).toContain('no kernel, no initrd');
  });

  it.each([
    ['a data disc', { 'photos/1.jpg': 'x' }],
    ['a menu that names nothing', { 'isolinux/isolinux.cfg': 'prompt 1\n' }],
    ['a menu whose kernels are all missing', { 'isolinux/isolinux.cfg': 'label a\n kernel /gone\n' }],
    ['an empty image', {}],
  ])('refuses %s', async (_title, files) => {
    await expect(describeImage({ files })).rejects.toMatchObject({ code: 'E_IMAGE_NOT_BOOTABLE' });
  });

  it('gives every content its own id, safe in a URL and free of names that scripts use', async () => {
    const first = await describeImage(layouts.netinst);
    const second = await describeImage(layouts.dvd);
    expect(first.id).toMatch(/^debian-12\.5\.0-amd64-n-[0-9a-f]{8}$/);
    expect(second.id).not.toBe(first.id);
    const odd = await describeImage({ ...layouts.otherLive, label: '../é \n--x' });
    expect(odd.id).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
    const { entries } = await describeImage({
      files: { k: kernelBytes(), 'isolinux.cfg': 'label menu\n kernel /k\nlabel Menu!\n kernel /k\n append a\n' },
    });
    expect(entries.map(({ id }) => id)).toEqual(['menu-2', 'menu-3']);
  });
});

describe.each([
  ['/usr/lib/memtest86+/memtest86+x64.iso', 'uefi-x64'],
  ['/usr/lib/memtest86+/memtest86+ia32.iso', 'uefi-ia32'],
])('%s', (path, uefi) => {
  it.skipIf(!existsSync(path))('is known', async () => {
    await using opened = await openImageFile(path);
    const description = await identify(opened);
    expect(description).toMatchObject({ recipe: 'memtest86plus', firmware: ['bios', uefi], destructive: false });
    expect(description.name).toMatch(/^Memtest86\+ \d+\.\d+$/);
  });
});
