import { describe, expect, it } from 'vitest';
import {
  pxelinuxBootScript,
  pxelinuxLocalDiskScript,
  pxelinuxNothingScript,
  pxelinuxWaitScript,
} from '../../../../main/engine/boot/pxelinux-session-script.ts';
import { installEntry, menu } from './menu-fixture.ts';

const path = 'pxelinux.cfg/01-52-54-00-00-00-01';
const sessionMenu = { ...menu, baseUrl: 'http://192.168.77.1', mac: '52:54:00:00:00:01' };
const disk = { kind: 'local-disk', bootFile: 'x', reason: 'it is done' } as const;

describe('the scripts of PXELINUX in a session', () => {
  it('boot the entry at once, and ask again where a file is missing', () => {
    const script = pxelinuxBootScript(sessionMenu, installEntry, installEntry.variants[0]!, path);
    expect(script).toMatchInlineSnapshot(`
      "SAY Debian 12: Install
      PROMPT 0
      DEFAULT install
      ONERROR again
      LABEL install
        MENU LABEL Install
        KERNEL /debian-12/install.amd/vmlinuz
        INITRD /debian-12/install.amd/initrd.gz
        APPEND vga=788 BOOTIF=01-52-54-00-00-00-01 --- quiet
        SYSAPPEND 2
      LABEL again
        CONFIG pxelinux.cfg/01-52-54-00-00-00-01
      "
    `);
  });

  it('show the code and start nothing, then ask the same path again', () => {
    const script = pxelinuxWaitScript('7K4', path);
    expect(script).toContain('Code: 7K4');
    expect(script).toContain('TIMEOUT 30\n');
    expect(script).toContain(`CONFIG ${path}\n`);
    expect(script).not.toMatch(/KERNEL|LOCALBOOT|LINUX/);
  });

  it.each([
    ['the boot order', pxelinuxNothingScript('not for you'), /LOCALBOOT 0$/],
    ['the boot order, when it is done', pxelinuxLocalDiskScript({ ...disk, method: 'loader-exit' }), /LOCALBOOT 0$/],
    [
      'the disk',
      pxelinuxLocalDiskScript({ ...disk, method: 'loader-starts-disk' }),
      /KERNEL chain\.c32\n {2}APPEND hd0$/,
    ],
  ])('go on with %s', (_how, script, expected) => {
    expect(script.trimEnd()).toMatch(expected);
    expect(script).toContain('DEFAULT local-disk');
  });
});
