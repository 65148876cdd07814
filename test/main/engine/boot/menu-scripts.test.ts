import { describe, expect, it } from 'vitest';
import { diagnosticsAmong } from '../../../../main/engine/boot/diagnostics.ts';
import { grubScript } from '../../../../main/engine/boot/grub-script.ts';
import { ipxeMenuScript } from '../../../../main/engine/boot/ipxe-script.ts';
import type { Menu } from '../../../../main/engine/boot/menu.ts';
import { pxelinuxScript } from '../../../../main/engine/boot/pxelinux-script.ts';
import { liveEntry, menu } from './menu-fixture.ts';

const memtest = ['memtest86+x64.bin', 'memtest86+x64.efi'];
const whole: Menu = {
  ...menu,
  baseUrl: 'http://192.168.77.1',
  entries: [liveEntry, { ...liveEntry, id: 'again', title: 'Live system (fail-safe)' }],
  diagnostics: diagnosticsAmong(new Set(memtest)),
};

/** What a person reads, in its order, and what happens when nobody does. */
const shown = {
  iPXE: (script: string) => ({
    titles: [...script.matchAll(/^item (?!--gap)\S+ (.*)$/gm)].map(([, title]) => title),
    default: /choose --default (\S+)/.exec(script)?.[1],
    seconds: Number(/--timeout (\d+) /.exec(script)?.[1]) / 1000,
  }),
  GRUB: (script: string) => ({
    titles: [...script.matchAll(/^menuentry '(.*)' --id/gm)].map(([, title]) => title),
    default: /^set default='(.*)'$/m.exec(script)?.[1],
    seconds: Number(/^set timeout=(\d+)$/m.exec(script)?.[1]),
  }),
  PXELINUX: (script: string) => ({
    titles: [...script.matchAll(/^ {2}MENU LABEL (.*)$/gm)].map(([, title]) => title),
    default: /^DEFAULT (\S+)$/m.exec(script)?.[1],
    seconds: Number(/^TIMEOUT (\d+)$/m.exec(script)?.[1]) / 10,
  }),
};
const scripts = { iPXE: ipxeMenuScript(whole), GRUB: grubScript(whole), PXELINUX: pxelinuxScript(whole) };

describe('one menu for every loader', () => {
  it.each(['iPXE', 'GRUB', 'PXELINUX'] as const)('%s shows the same texts and starts the same entry', (loader) => {
    expect(shown[loader](scripts[loader])).toEqual({
      titles: ['Live system', 'Live system (fail-safe)', 'Memory test (Memtest86+)', 'Start from the local disk'],
      default: 'live',
      seconds: 10,
    });
  });

  it.each([
    ['iPXE', /kernel http:\/\/192\.168\.77\.1\/memtest86%2Bx64\.bin/],
    ['iPXE', /kernel http:\/\/192\.168\.77\.1\/memtest86%2Bx64\.efi/],
    ['GRUB', /chainloader "\$files"'\/memtest86\+x64\.efi'/],
    ['PXELINUX', /LINUX \/memtest86\+x64\.bin/],
  ] as const)('%s starts the memory test of its firmware: %s', (loader, expected) => {
    expect(scripts[loader]).toMatch(expected);
  });

  it('offers no program that is not there', () => {
    expect(diagnosticsAmong(new Set())).toEqual([]);
    const [biosOnly] = diagnosticsAmong(new Set(memtest.slice(0, 1)));
    expect(biosOnly?.files).toEqual({ bios: memtest[0] });
    expect(grubScript({ ...whole, diagnostics: undefined })).not.toContain('Memtest86+');
  });
});
