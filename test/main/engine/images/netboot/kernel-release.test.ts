import { describe, expect, it } from 'vitest';
import { discInstallerKernel, kernelReleaseOf } from '../../../../../main/engine/images/netboot/kernel-release.ts';
import { kernelBytes, memoryFs } from '../memory-image.ts';

const disc = {
  'install.amd/vmlinuz': kernelBytes({
    machine: 'x64',
    version: '6.1.0-50-amd64 (debian-kernel@lists.debian.org) #1 SMP',
  }),
  'install.amd/initrd.gz': 16,
  'dists/bookworm/Release': 'Origin: Debian\n',
  'pool/main/l/linux-signed-amd64/ext4-modules-6.1.0-50-amd64-di_6.1.170-1_amd64.udeb': 8,
};

const without = (path: keyof typeof disc) => {
  const { [path]: _gone, ...rest } = disc;
  return memoryFs(rest);
};

describe('the kernel of an installer disc', () => {
  it('is what it says of itself, where the disc has its modules', async () => {
    expect(await discInstallerKernel(memoryFs(disc))).toBe('6.1.0-50-amd64');
  });

  it.each([
    ['the kernel', without('install.amd/vmlinuz')],
    ['a repository', without('dists/bookworm/Release')],
    ['its modules', without('pool/main/l/linux-signed-amd64/ext4-modules-6.1.0-50-amd64-di_6.1.170-1_amd64.udeb')],
    [
      'modules of this kernel, but of another',
      memoryFs({ ...disc, 'install.amd/vmlinuz': kernelBytes({ machine: 'x64', version: '6.1.0-47-amd64' }) }),
    ],
  ])('is of no use without %s', async (_what, fs) => {
    expect(await discInstallerKernel(fs)).toBeUndefined();
  });

  it.each(['debian-installer/amd64/linux', 'install/netboot/mini.iso'])(
    'is not asked for where the image has a netboot installer of its own: %s',
    async (path) => {
      expect(await discInstallerKernel(memoryFs({ ...disc, [path]: 16 }))).toBeUndefined();
    },
  );

  it.each(['', '../../etc', 'Memtest86+ v7', '6.1/../x', `6.${'1'.repeat(80)}`])(
    'is none where it says "%s", as it becomes a part of paths',
    async (version) => {
      expect(await kernelReleaseOf(memoryFs({ linux: kernelBytes({ version }) }), 'linux')).toBeUndefined();
    },
  );
});
