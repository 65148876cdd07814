import { describe, expect, it } from 'vitest';
import { pxelinuxScript } from '../../../../main/engine/boot/pxelinux-script.ts';
import { liveEntry, menu } from './menu-fixture.ts';

describe('pxelinuxScript', () => {
  it('leaves out what does not boot on BIOS or needs an address it does not know', () => {
    expect(pxelinuxScript(menu)).toMatchSnapshot();
  });

  it('has every BIOS entry when it knows the address', () => {
    const script = pxelinuxScript({ ...menu, baseUrl: 'http://192.168.77.1', timeoutSeconds: undefined });
    expect(script).toContain('LABEL live\n');
    expect(script).toContain('fetch=http://192.168.77.1/debian-12/live/filesystem.squashfs');
    expect(script).toContain('INITRD /debian-12/live/initrd.img,/debian-12/live/microcode.img');
    expect(script).toContain('TIMEOUT 1\n');
  });

  it('keeps every title and command line on its own line', () => {
    const variant = { ...liveEntry.variants[0]!, commandLine: 'a\nKERNEL evil' };
    const script = pxelinuxScript({
      ...menu,
      entries: [{ ...liveEntry, title: 'x\nDEFAULT evil', variants: [variant] }],
    });
    expect(script.match(/^\s*KERNEL /gm)).toHaveLength(1);
    expect(script.match(/^DEFAULT /gm)).toHaveLength(1);
  });
});
