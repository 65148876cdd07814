import { describe, expect, it } from 'vitest';
import { type BootVariant, type Entry, WHOLE_IMAGE } from '../../../../main/contract/image.ts';
import { ipxeBootScript, ipxeMenuScript } from '../../../../main/engine/boot/ipxe-script.ts';
import { wimbootName } from '../../../../main/engine/boot/variant-files.ts';
import { menu } from './menu-fixture.ts';

/** What iPXE is told to start what is no plain kernel. */
const base = 'http://192.168.77.1';
const station = { ...menu, imageId: 'os-1', baseUrl: base, timeoutSeconds: undefined };

const entryOf = (variant: Omit<BootVariant, 'firmware'>): Entry => ({
  id: 'one',
  title: 'One',
  destructive: false,
  variants: [{ firmware: ['bios'], ...variant }],
});

/** The lines from the freeing of earlier images to the start. */
function startLines(variant: Omit<BootVariant, 'firmware'>): string[] {
  const entry = entryOf(variant);
  const lines = ipxeBootScript(station, entry, entry.variants[0]!).split('\n');
  return lines.slice(lines.indexOf('imgfree') + 1, lines.indexOf(':failed'));
}

describe('methods of iPXE', () => {
  it('starts a Windows image with the names that its loader looks for', () => {
    const variant = {
      method: 'wimboot',
      kernel: 'SSTR/Strelec 11.wim',
      initrds: ['boot/bcd', 'boot/Boot.sdi'],
      commandLine: 'gui',
    } as const;
    expect(startLines({ ...variant, initrds: [...variant.initrds] })).toEqual([
      `kernel ${base}/wimboot gui || goto failed`,
      `initrd -n BCD ${base}/os-1/boot/bcd BCD || goto failed`,
      `initrd -n boot.sdi ${base}/os-1/boot/Boot.sdi boot.sdi || goto failed`,
      `initrd -n boot.wim ${base}/os-1/SSTR/Strelec%2011.wim boot.wim || goto failed`,
      'boot || goto failed',
    ]);
    expect(['boot/BCD', 'sources/BOOT.WIM', 'boot.sdi'].map(wimbootName)).toEqual(['BCD', 'boot.wim', 'boot.sdi']);
  });

  it('starts a disc out of memory, and one that stays on the station', () => {
    const disc = { kernel: WHOLE_IMAGE, initrds: [] };
    expect(startLines({ ...disc, method: 'memdisk', commandLine: 'iso raw' })).toEqual([
      `kernel ${base}/memdisk iso raw || goto failed`,
      `initrd ${base}/os-1.iso || goto failed`,
      'boot || goto failed',
    ]);
    expect(startLines({ ...disc, method: 'sanboot', commandLine: '' })).toEqual([
      `sanboot --no-describe ${base}/os-1.iso || goto failed`,
    ]);
  });

  it('starts a hypervisor with kernel and initial RAM disk as its modules', () => {
    expect(
      startLines({
        method: 'multiboot',
        hypervisor: { path: 'boot/xen.gz', commandLine: 'dom0_mem=max:8192M console=com1,vga' },
        kernel: 'boot/vmlinuz',
        initrds: ['install.img'],
        commandLine: 'console=tty0 answerfile={http}/answer/a.xml install',
      }),
    ).toEqual([
      `kernel ${base}/os-1/boot/xen dom0_mem=max:8192M console=com1,vga || goto failed`,
      `module ${base}/os-1/boot/vmlinuz console=tty0 answerfile=${base}/answer/a.xml install || goto failed`,
      `module ${base}/os-1/install.img || goto failed`,
      'boot || goto failed',
    ]);
  });

  it('gives an EFI application its command line', () => {
    expect(
      startLines({
        method: 'efi',
        kernel: 'efi/boot/bootx64.efi',
        initrds: [],
        commandLine: '-c {http}/{iso}/boot.cfg ks={http}/answer/a.cfg',
      }),
    ).toEqual([
      `kernel ${base}/os-1/efi/boot/bootx64.efi -c ${base}/os-1/boot.cfg ks=${base}/answer/a.cfg || goto failed`,
      'boot || goto failed',
    ]);
  });

  it('leaves what is injected to the station, and in a tree to iPXE', () => {
    const variant = {
      method: 'linux',
      kernel: 'k',
      initrds: ['i'],
      commandLine: '',
      injected: [
        { from: WHOLE_IMAGE, to: '/proxmox.iso' },
        { from: 'LiveOS/squashfs.img', to: '/squashfs.img' },
      ],
    } as const;
    const entry = entryOf({ ...variant, initrds: [...variant.initrds], injected: [...variant.injected] });
    expect(ipxeBootScript(station, entry, entry.variants[0]!)).not.toContain('squashfs.img');
    const tree = ipxeMenuScript({ ...menu, imageId: 'os-1', entries: [entry] });
    expect(tree).toContain('initrd os-1.iso /proxmox.iso || goto failed\n');
    expect(tree).toContain('initrd os-1/LiveOS/squashfs.img /squashfs.img || goto failed\n');
  });
});
