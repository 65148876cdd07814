import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedFolder } from './bootable-iso.ts';
import { runChecked } from './command.ts';
import { fingerprintOf, netbootInstallerFolder } from './debian-installer-iso.ts';
import { writeFetchingInitrd } from './fetching-initrd.ts';

const KERNEL = 'stuff/kern-7';
const INITRD = 'stuff/ram.bin';

/** With a variable and a file of its own, as people write it; nothing in it is called as anywhere else. */
const grubConfiguration = 'set where=/stuff\nset timeout=3\nsource /stuff/choices.inc\n';
const choices = `menuentry 'Start the thing' --class thing {
  linux $where/kern-7 thing.mode=full console=ttyS0
  initrd $where/ram.bin
}
`;

/** An image that no recipe knows: grub-mkrescue around Debian's kernel and an initial RAM disk, under names of its own. */
export async function unknownIso(): Promise<string> {
  const installer = await netbootInstallerFolder();
  const fingerprint = ['1', grubConfiguration, choices, ...(await fingerprintOf(installer))];
  const folder = await cachedFolder('unknown', fingerprint, async (cache, work) => {
    const tree = join(work, 'tree');
    for (const path of [KERNEL, 'boot/grub/grub.cfg']) await mkdir(dirname(join(tree, path)), { recursive: true });
    await copyFile(join(installer, 'linux'), join(tree, KERNEL));
    await writeFetchingInitrd(installer, work, {
      path: join(tree, INITRD),
      script: 'echo "MODE $(word thing.mode)"\n',
      hostName: 'thing',
      alwaysNetwork: true,
    });
    await writeFile(join(tree, 'boot/grub/grub.cfg'), grubConfiguration);
    await writeFile(join(tree, 'stuff/choices.inc'), choices);
    await runChecked(['grub-mkrescue', '-o', join(cache, 'image.iso'), tree, '--', '-volid', 'THE_THING'], {
      timeoutMs: 120_000,
    });
  });
  return join(folder, 'image.iso');
}
