import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { servedPaths } from '../../../../main/engine/boot/variant-files.ts';
import { hypervisorRoute } from '../../../../main/engine/images/hypervisor.ts';
import { identify } from '../../../../main/engine/images/identify.ts';
import { treeFiles } from '../../../../main/engine/images/tree-contents.ts';
import { initrd, linux } from './catalogue/case.ts';
import { memoryImage } from './memory-image.ts';

const request = (path: string) =>
  ({ path, query: new URLSearchParams(), protocol: 'http', peerAddress: '192.168.77.10' }) as const;

async function xen(packed: Uint8Array) {
  const files = { 'boot/xen.gz': packed, 'boot/vmlinuz': linux, 'install.img': initrd };
  const opened = memoryImage({ label: 'XCP-ng 8.3', files });
  return { opened, image: await identify(opened) };
}

describe('a packed hypervisor', () => {
  it('is served unpacked, where its loader asks for it', async () => {
    const { opened, image } = await xen(gzipSync('the hypervisor'));
    const paths = servedPaths(image.id, image.entries[0]!.variants[0]!);
    expect(paths).toEqual(['boot/xen', 'boot/vmlinuz', 'install.img'].map((path) => `${image.id}/${path}`));
    const route = hypervisorRoute(opened.fs, image);
    const file = await route.claim(request(`${image.id}/boot/xen`));
    const bytes = new Uint8Array(file?.sizeBytes ?? 0);
    await file?.read(bytes, 0);
    expect(new TextDecoder().decode(bytes)).toBe('the hypervisor');
    expect(await route.claim(request(`${image.id}/boot/xen.gz`))).toBeUndefined();
  });

  it('is in the boot tree too', async () => {
    const { opened, image } = await xen(gzipSync('the hypervisor'));
    const file = (await treeFiles(opened, image, false)).find(({ path }) => path === `${image.id}/boot/xen`);
    expect(file?.sizeBytes).toBe('the hypervisor'.length);
  });

  it.each([
    ['is no gzip', Buffer.from('x')],
    ['unpacks to more than any hypervisor has', gzipSync(Buffer.alloc(65 * 1024 * 1024))],
  ])('that %s is refused', async (_title, packed) => {
    const { opened, image } = await xen(packed);
    const route = hypervisorRoute(opened.fs, image);
    await expect(route.claim(request(`${image.id}/boot/xen`))).rejects.toMatchObject({ code: 'E_IMAGE_DAMAGED' });
  });
});
